import { acceptsNull } from '../../../model/accepts-null.js'
import type { GoWriter } from '../print/go-writer.js'
import type { ErrorModel, MemberModel, NamedType, TypeRef } from '../../../model/model.js'
import { declareEnum } from './declare-enum.js'
import { declareUnion } from './declare-union.js'
import { docComment, standsFor, titled } from './doc-comment.js'
import { endOf, hasNil, isConstant, isOtherName } from '../names/shapes.js'
import { aligned, comment, quoted } from '../print/text.js'
import { goType, type TypeContext } from './type-ref.js'

/** The Go type that stands for a type. */
export function declareType(type: NamedType, context: TypeContext, out: GoWriter): void {
  const { shape } = type
  switch (shape.kind) {
    case 'struct':
      docComment(type, standsFor(type, 'an object of the contract'), context, out)
      declareStruct(type, context, out)
      return
    case 'enum':
      declareEnum(type, shape, context, out)
      return
    case 'union':
      declareUnion(type, shape, context, out)
      return
    case 'alias':
      declareAlias(type, shape.type, context, out)
  }
}

function declareAlias(type: NamedType, ref: TypeRef, context: TypeContext, out: GoWriter): void {
  const name = context.names.type(type.id)
  if (ref.kind === 'tuple') {
    docComment(type, standsFor(type, `an array of ${ref.items.length} elements`), context, out)
    struct(
      name,
      ref.items.map((item, i) => ({
        lines: isConstant(item) ? [`// Element ${i} is always ${constantText(item)}.`] : [],
        cells: isConstant(item) ? undefined : [`Item${i}`, goType(item, context)],
      })),
      out,
    )
    return
  }
  docComment(type, standsFor(type, aliasOf(ref, context)), context, out)
  out.line(`type ${name} ${isOtherName(type) ? '= ' : ''}${goType(ref, context)}`)
}

function declareStruct(type: NamedType, context: TypeContext, out: GoWriter): void {
  if (type.shape.kind !== 'struct') return
  const fields = context.names.members(type)
  struct(
    context.names.type(type.id),
    type.shape.members.map(member => {
      const field = fields.get(member.name) ?? ''
      if (member.required && isConstant(member.type))
        return {
          lines: comment([
            ...member.docs,
            `The member ${quoted(member.name)} is always ${constantText(member.type)}.`,
          ]),
          cells: undefined,
        }
      return {
        lines: comment([...member.docs, ...meaningOfNil(member, context)]),
        cells: [field, fieldType(member, context)],
      }
    }),
    out,
  )
}

const constantText = (ref: Extract<TypeRef, { kind: 'null' | 'literal' }>): string =>
  JSON.stringify(ref.kind === 'null' ? null : ref.value)

/** What an alias is, for people. */
function aliasOf(ref: TypeRef, context: TypeContext): string {
  switch (ref.kind) {
    case 'named':
      return `another name of ${goType(ref, context)}`
    case 'array':
      return 'a list'
    case 'map':
      return 'a map'
    case 'nullable':
      return 'a value, or nil for null'
    case 'any':
      return 'any value'
    default:
      return 'a type of the contract'
  }
}

/** Said where nil is something else than Go's readers expect. */
function meaningOfNil({ type, required }: MemberModel, { model }: TypeContext): string[] {
  if (!required) return hasNil(type, model) && !acceptsNull(type, model) ? ['Omitted if nil.'] : []
  const end = endOf(type, model)
  return 'kind' in end && end.kind === 'nullable' ? ['Null if nil.'] : []
}

/** Absence is nil where nil means nothing else. */
function fieldType({ type, required }: MemberModel, context: TypeContext): string {
  const plain = goType(type, context)
  if (required) return plain
  if (acceptsNull(type, context.model)) return `ipc.Field[${plain}]`
  return hasNil(type, context.model) ? plain : `*${plain}`
}

interface FieldLine {
  lines: readonly string[]
  cells: readonly string[] | undefined
}

/** Fields that follow each other without a comment between them stand in columns. */
function struct(name: string, fields: readonly FieldLine[], out: GoWriter): void {
  if (fields.length === 0) {
    out.line(`type ${name} struct{}`)
    return
  }
  out.block(`type ${name} struct {`, () => {
    let run: (readonly string[])[] = []
    const flush = (): void => {
      out.line(...aligned(run))
      run = []
    }
    for (const { lines, cells } of fields) {
      if (lines.length > 0) flush()
      out.line(...lines)
      if (cells !== undefined) run.push(cells)
    }
    flush()
  })
}

/** The error that a method declares. */
export function declareError(error: ErrorModel, method: string, context: TypeContext, out: GoWriter): void {
  const name = context.names.error(error.id)
  out.line(...comment(titled(name, error.docs, `is the error ${error.name} of ${method}.`)))
  struct(
    name,
    [
      {
        lines: [`// Message describes the error; if empty, ${quoted(error.name)} is used.`],
        cells: ['Message', 'string'],
      },
      ...(error.data === undefined ? [] : [{ lines: [], cells: ['Data', goType(error.data, context)] }]),
    ],
    out,
  )
  out.blank()
  out
    .block(`func (e *${name}) Error() string {`, () => {
      out.block('if e.Message == "" {', () => out.line(`return ${quoted(error.name)}`))
      out.line('return e.Message')
    })
    .blank()
  out.line('// Unwrap returns the error as it is sent.')
  out.block(`func (e *${name}) Unwrap() error {`, () =>
    out.line(`return &ipc.Error{Code: ${error.code}, Message: e.Error()}`),
  )
}
