import { acceptsNull } from '../../accepts-null.js'
import type { CodeWriter } from '../../code-writer.js'
import type { MemberModel, NamedType, StructShape } from '../../model.js'
import type { CodecContext } from './codec-context.js'
import { expression, pathStep, reader } from './codec-value.js'
import { runtimeAlias as ipc } from './facts.js'
import { call, conditional, dict, type Expression, lines, prefixed } from './layout.js'
import { quoted } from './text.js'

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
  if (part !== undefined && more.length === 0) {
    require(shape.members, out)
    const made = call(
      name,
      ...shape.members.map(member =>
        prefixed(`${fields.get(member.name) ?? ''}=`, decodeMember(member, context)),
      ),
    )
    if (!part.closed) {
      out.line(...lines('return ', made, '', out.column))
      return
    }
    out.line(...lines('result = ', made, '', out.column))
    refuseOthers(shape.members, out)
    out.line('return result')
    return
  }
  for (const { members } of shape.parts) {
    const mine = shape.members.filter(member => members.includes(member.name))
    require(mine, out)
    for (const member of mine)
      out.line(
        ...lines(`a_${fields.get(member.name) ?? ''} = `, decodeMember(member, context), '', out.column),
      )
  }
  const made = call(name, ...[...fields.values()].map(field => `${field}=a_${field}`))
  out.line(...lines('return ', made, '', out.column))
}

function require(members: readonly MemberModel[], out: CodeWriter): void {
  const required = members.filter(member => member.required).map(({ name }) => quoted(name))
  if (required.length > 0)
    out.line(...lines('', call(`${ipc}.require`, 'members', 'at', ...required), '', out.column))
}

function refuseOthers(members: readonly MemberModel[], out: CodeWriter): void {
  const known = members.map(({ name }) => quoted(name))
  out.line(...lines('', call(`${ipc}.refuse_others`, 'members', 'at', ...known), '', out.column))
}

function checkCount(count: string, shape: StructShape, out: CodeWriter): void {
  const bound = (value: number | undefined): string => (value === undefined ? 'None' : String(value))
  const bounds = [bound(shape.minProperties), bound(shape.maxProperties)]
  out.line(...lines('', call(`${ipc}.check_count`, count, 'at', ...bounds), '', out.column))
}

function decodeMember({ name, type, required }: MemberModel, context: CodecContext): Expression {
  if (required)
    return expression(type, 'decode', `members[${quoted(name)}]`, `{at}${pathStep(name)}`, context)
  // Type checkers see through this to the one value that it can be, but not through a function.
  if (type.kind === 'literal' && type.value !== null) {
    const value = expression(type, 'decode', `members[${quoted(name)}]`, `{at}${pathStep(name)}`, context)
    return conditional(value, `${quoted(name)} in members`, 'None')
  }
  const read = acceptsNull(type, context.model) ? 'optional_nullable' : 'optional'
  return call(`${ipc}.${read}`, 'members', 'at', quoted(name), reader(type, 'decode', context))
}

/** Writes a struct in the order of its members; absent ones are left out. */
export function encodeStruct(
  type: NamedType,
  shape: StructShape,
  context: CodecContext,
  out: CodeWriter,
): void {
  const { names, model } = context
  const fields = names.members(type)
  const field = (member: MemberModel): string => `value.${fields.get(member.name) ?? ''}`
  const isThere = (member: MemberModel): string =>
    `${field(member)} is not ${acceptsNull(member.type, model) ? `${ipc}.UNSET` : 'None'}`
  const entry = (member: MemberModel): Expression =>
    expression(member.type, 'encode', field(member), `{at}${pathStep(member.name)}`, context)
  out.line(`${ipc}.instance(value, ${names.type(type.id)}, at)`)
  if (shape.minProperties !== undefined || shape.maxProperties !== undefined) {
    const required = shape.members.filter(member => member.required).length
    const count = [
      String(required),
      ...shape.members.filter(member => !member.required).map(member => `(${isThere(member)})`),
    ]
    checkCount(count.join(' + '), shape, out)
  }
  const firstOptional = shape.members.findIndex(member => !member.required)
  const always = firstOptional === -1 ? shape.members : shape.members.slice(0, firstOptional)
  const made = dict(...always.map(member => prefixed(`${quoted(member.name)}: `, entry(member))))
  if (firstOptional === -1) {
    out.line(...lines('return ', made, '', out.column))
    return
  }
  out.line(...lines('members: dict[str, object] = ', made, '', out.column))
  for (const member of shape.members.slice(firstOptional)) {
    const assign = (): unknown =>
      out.line(...lines(`members[${quoted(member.name)}] = `, entry(member), '', out.column))
    if (member.required) assign()
    else out.block(`if ${isThere(member)}:`, assign)
  }
  out.line('return members')
}
