import { acceptsNull } from '../../../model/accepts-null.js'
import type { CodeWriter } from '../../../print/code-writer.js'
import type { MemberModel, NamedType, StructShape, TypeRef } from '../../../model/model.js'
import type { CodecContext } from './codec-context.js'
import { declaredRead, expression, literalCall, pathStep, reader } from './codec-value.js'
import { runtimeAlias as ipc } from '../names/facts.js'
import { widensInference } from '../types/widened-inference.js'
import {
  call,
  choice,
  conditional,
  dict,
  type Expression,
  fits,
  ifLines,
  lines,
  pieces,
  prefixed,
} from '../print/layout.js'
import { lineLength } from '../print/line-length.js'
import { widthByCharacter as width } from '../../../print/text-width.js'
import { annotation, union } from '../types/type-ref.js'

/** Reads a struct: all that is required is there, then each member. */
export function decodeStruct(
  type: NamedType,
  shape: StructShape,
  context: CodecContext,
  out: CodeWriter,
): void {
  const { names } = context
  const fields = names.members(type)
  const name = names.type(type.id)
  const isCounted = shape.minProperties !== undefined || shape.maxProperties !== undefined
  const isRead = shape.members.length > 0 || isCounted || shape.parts.some(part => part.closed)
  out.line(...lines(isRead ? 'members = ' : '', call(`${ipc}.members`, 'value', 'at'), '', out.column))
  if (isCounted) checkCount('len(members)', shape, out)
  const [part, ...more] = shape.parts
  const given = (member: MemberModel, value: Expression): Expression =>
    prefixed(`${fields.get(member.name) ?? ''}=`, value)
  if (part !== undefined && more.length === 0) {
    require(shape.members, context, out)
    let made = call(name, ...shape.members.map(member => given(member, decodeMember(member, context))))
    if (!fits(made, out.column)) made = call(name, ...inTurn(shape.members))
    if (!part.closed) {
      out.line(...lines('return ', made, '', out.column))
      return
    }
    out.line(...lines('result = ', made, '', out.column))
    refuseOthers(shape.members, context, out)
    out.line('return result')
    return
  }
  const made = call(
    name,
    ...shape.parts.flatMap(({ members }) => {
      const mine = shape.members.filter(member => members.includes(member.name))
      require(mine, context, out)
      return inTurn(mine)
    }),
  )
  out.line(...lines('return ', made, '', out.column))

  /** Each in a variable of its own: what they are given as. */
  function inTurn(members: readonly MemberModel[]): Expression[] {
    return members.map(member => {
      const field = fields.get(member.name) ?? ''
      // Where that is too long, or in another script than linters expect, it is called by its number.
      const { type, required } = member
      // Nothing else says that it is no more than this value.
      const note =
        type.kind !== 'literal' ? '' : `: ${union(annotation(type, context), required ? '' : 'None')}`
      const own = `a_${field}`
      const isShort = /^\w{1,40}$/.test(own) && width(own + note) < lineLength - 24
      const variable = isShort ? own : `a_${shape.members.indexOf(member) + 1}`
      const read = widensInference(type, context.model) ? decodeDeclared : decodeMember
      out.line(...lines(`${variable}${note} = `, read(member, context), '', out.column))
      return given(member, variable)
    })
  }
}

function require(members: readonly MemberModel[], { strings }: CodecContext, out: CodeWriter): void {
  const required = members.filter(member => member.required).map(({ name }) => strings.of(name))
  if (required.length > 0)
    out.line(...lines('', call(`${ipc}.require`, 'members', 'at', ...required), '', out.column))
}

function refuseOthers(members: readonly MemberModel[], { strings }: CodecContext, out: CodeWriter): void {
  const known = members.map(({ name }) => strings.of(name))
  out.line(...lines('', call(`${ipc}.refuse_others`, 'members', 'at', ...known), '', out.column))
}

function checkCount(count: Expression, shape: StructShape, out: CodeWriter): void {
  const bound = (value: number | undefined): string => (value === undefined ? 'None' : String(value))
  const bounds = [bound(shape.minProperties), bound(shape.maxProperties)]
  out.line(...lines('', call(`${ipc}.check_count`, count, 'at', ...bounds), '', out.column))
}

function decodeMember(member: MemberModel, context: CodecContext): Expression {
  const { name, type, required } = member
  if (type.kind === 'literal') return decodeLiteral(type, member, context)
  const text = context.strings.of(name)
  if (required)
    return expression(type, 'decode', `members[${text}]`, `{at}${pathStep(name, context)}`, context)
  const reads = acceptsNull(type, context.model) ? 'optional_nullable' : 'optional'
  return call(`${ipc}.${reads}`, 'members', 'at', text, reader(type, 'decode', context))
}

/** For a variable of its own, to whose type nothing but what is read says something. */
function decodeDeclared(member: MemberModel, context: CodecContext): Expression {
  const { name, type, required } = member
  if (type.kind === 'literal') return decodeLiteral(type, member, context)
  const text = context.strings.of(name)
  const read = declaredRead(type, `members[${text}]`, `{at}${pathStep(name, context)}`, context)
  const absent = acceptsNull(type, context.model) ? `${ipc}.UNSET` : 'None'
  return required ? read : conditional(read, `${text} in members`, absent)
}

/** Type checkers see through this to the one value that it can be, but not through a function. */
function decodeLiteral(
  ref: Extract<TypeRef, { kind: 'literal' }>,
  { name, required }: MemberModel,
  context: CodecContext,
): Expression {
  const text = context.strings.of(name)
  const read = literalCall(ref, `members[${text}]`, `{at}${pathStep(name, context)}`, context)
  if (required) return read
  return ref.value === null
    ? call(`${ipc}.optional_nullable`, 'members', 'at', text, reader(ref, 'decode', context))
    : conditional(read, `${text} in members`, 'None')
}

/** Writes a struct in the order of its members; absent ones are left out. */
export function encodeStruct(
  type: NamedType,
  shape: StructShape,
  context: CodecContext,
  out: CodeWriter,
): void {
  const { names, model, strings } = context
  const fields = names.members(type)
  const field = (member: MemberModel): string => `value.${fields.get(member.name) ?? ''}`
  const absent = (member: MemberModel): string =>
    `is not ${acceptsNull(member.type, model) ? `${ipc}.UNSET` : 'None'}`
  const isThere = (member: MemberModel): string => `${field(member)} ${absent(member)}`
  const entry = (member: MemberModel): Expression => {
    const place = [field(member), `{at}${pathStep(member.name, context)}`, context] as const
    return member.type.kind === 'literal'
      ? literalCall(member.type, ...place)
      : expression(member.type, 'encode', ...place)
  }
  out.line(...lines('', call(`${ipc}.instance`, 'value', names.type(type.id), 'at'), '', out.column))
  if (shape.minProperties !== undefined || shape.maxProperties !== undefined) {
    const required = shape.members.filter(member => member.required).length
    const count = [
      String(required),
      ...shape.members.filter(member => !member.required).map(member => `(${isThere(member)})`),
    ]
    const parts = count.map((part, i) => (i === 0 ? part : `+ ${part}`))
    checkCount(
      choice(parts.join(' '), () => pieces(parts)),
      shape,
      out,
    )
  }
  const firstOptional = shape.members.findIndex(member => !member.required)
  const asDict = (members: readonly MemberModel[]): Expression =>
    dict(...members.map(member => prefixed(`${strings.of(member.name)}: `, entry(member))))
  const first = firstOptional === -1 ? shape.members : shape.members.slice(0, firstOptional)
  // Names too long for one line stand one by one.
  const always = fits(asDict(first), out.column) ? first : []
  const made = asDict(always)
  if (always.length === shape.members.length) {
    out.line(...lines('return ', made, '', out.column))
    return
  }
  out.line(...lines('members: dict[str, object] = ', made, '', out.column))
  for (const member of shape.members.slice(always.length)) {
    const assign = (): unknown =>
      out.line(...lines(`members[${strings.of(member.name)}] = `, entry(member), '', out.column))
    if (member.required) assign()
    else out.line(...ifLines(field(member), absent(member), out.column)).indented(assign)
  }
  out.line('return members')
}
