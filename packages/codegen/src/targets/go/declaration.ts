import { acceptsNull } from '../../accepts-null.js'
import type { CodeWriter } from '../../code-writer.js'
import type { EnumShape, ErrorModel, MemberModel, NamedType, TypeUse, UnionShape } from '../../model.js'
import type { CodecContext } from './codec.js'
import {
  branchTypes,
  hasNil,
  isConstant,
  isInterface,
  isMixed,
  needsWrapper,
  wrappedKinds,
} from './shapes.js'
import { aligned, comment, quoted } from './text.js'
import { goType, kindType, literal, type TypeContext } from './type-ref.js'
import { basicType, fitsKind } from './values.js'

/** The Go type that stands for a type. */
export function declareType(type: NamedType, context: CodecContext, out: CodeWriter): void {
  const { shape } = type
  const name = context.names.type(type.id)
  switch (shape.kind) {
    case 'struct':
      document(type, standsFor(type, 'an object of the contract'), context, out)
      declareStruct(type, context, out)
      return
    case 'enum':
      if (isMixed(shape)) declareMixed(type, shape, context, out)
      else {
        document(
          type,
          shape.open ? 'is one of a list of values to which others may come.' : 'is one of a list of values.',
          context,
          out,
        )
        out.line(`type ${name} ${basicType(shape)}`)
        constants(type, name, [...new Set(shape.values)], context, out)
      }
      return
    case 'union':
      declareUnion(type, shape, context, out)
      return
    case 'alias':
      declareAlias(type, shape.type, context, out)
  }
}

/** A comment that begins with the name, as Go's do. */
function document({ id, docs }: NamedType, otherwise: string, { names }: TypeContext, out: CodeWriter): void {
  out.line(...comment(titled(names.type(id), docs, otherwise)))
}

/** What a type is for that has its name from its place. */
function standsFor({ path }: NamedType, otherwise: string): string {
  const [, method, part] =
    /^\/(?:child|host)\/(?:methods|notifications)\/([^/]+)(?:\/(params|result|stream|progress))?$/.exec(
      path,
    ) ?? []
  if (method === undefined) return `is ${otherwise}.`
  const name = method.replaceAll('~1', '/').replaceAll('~0', '~')
  switch (part) {
    case 'result':
      return `is what ${name} answers.`
    case 'stream':
      return `is an item of the stream of ${name}.`
    case 'progress':
      return `is how far ${name} is.`
    default:
      return `is what ${name} takes.`
  }
}

function titled(name: string, docs: readonly string[], otherwise: string): string[] {
  const [first, ...rest] = docs.filter(text => text.trim() !== '')
  return first === undefined ? [`${name} ${otherwise}`] : [`${name} - ${first.trim()}`, ...rest]
}

function declareAlias(type: NamedType, use: TypeUse, context: CodecContext, out: CodeWriter): void {
  const name = context.names.type(type.id)
  if (use.kind === 'tuple') {
    document(type, standsFor(type, `an array of ${use.items.length} elements`), context, out)
    struct(
      name,
      use.items.map((item, i) => ({
        lines: isConstant(item) ? [`// Element ${i} is always ${constantText(item)}.`] : [],
        cells: isConstant(item) ? undefined : [`Item${i}`, goType(item, context)],
      })),
      out,
    )
    return
  }
  document(type, 'is a type of the contract.', context, out)
  // What can have no methods of its own is only another name.
  const isOther = ['named', 'nullable', 'any', 'null'].includes(use.kind)
  out.line(`type ${name} ${isOther ? '= ' : ''}${goType(use, context)}`)
}

// ---- structs -------------------------------------------------------------------------------------------------------

function declareStruct(type: NamedType, context: CodecContext, out: CodeWriter): void {
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
      return { lines: comment(member.docs), cells: [field, fieldType(member, context)] }
    }),
    out,
  )
}

const constantText = (use: Extract<TypeUse, { kind: 'null' | 'literal' }>): string =>
  JSON.stringify(use.kind === 'null' ? null : use.value)

/** Absence is nil where nil means nothing else. */
export function fieldType({ type, required }: MemberModel, context: TypeContext): string {
  const plain = goType(type, context)
  if (required) return plain
  if (acceptsNull(type, context.model)) return `Field[${plain}]`
  return hasNil(type, context.model) ? plain : `*${plain}`
}

interface FieldLine {
  lines: readonly string[]
  cells: readonly string[] | undefined
}

/** Fields that follow each other without a comment between them stand in columns. */
function struct(name: string, fields: readonly FieldLine[], out: CodeWriter): void {
  if (fields.length === 0) {
    out.line(`type ${name} struct{}`)
    return
  }
  out
    .block(`type ${name} struct {`, () => {
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
    .line('}')
}

// ---- lists of values -----------------------------------------------------------------------------------------------

function constants(
  type: NamedType,
  name: string,
  values: EnumShape['values'],
  { names }: TypeContext,
  out: CodeWriter,
): void {
  if (values.length > 0) {
    out.blank().line(`// The values of ${name}.`)
    out
      .block('const (', () =>
        out.line(...aligned(values.map(value => [names.value(type.id, value), name, `= ${literal(value)}`]))),
      )
      .line(')')
  }
  out.blank().line(...comment([`Known tells whether the contract lists the value.`]))
  out
    .block(`func (value ${name}) Known() bool {`, () => {
      if (values.length === 0) {
        out.line('return false')
        return
      }
      out.line('switch value {')
      out.line(`case ${values.map(value => names.value(type.id, value)).join(', ')}:`)
      out.indented(() => out.line('return true'))
      out.line('default:')
      out.indented(() => out.line('return false'))
      out.line('}')
    })
    .line('}')
}

/** Values of several kinds: an interface, and a type for each kind. */
function declareMixed(type: NamedType, shape: EnumShape, context: CodecContext, out: CodeWriter): void {
  const { names } = context
  const kinds = wrappedKinds(type, context.model)
  const variants = kinds.map(kind => names.kind(type.id, kind))
  declareInterface(type, variants, shape.kinds.includes('null'), context, out)
  for (const kind of kinds) {
    const name = names.kind(type.id, kind)
    out.blank().line(...comment([`${name} is a ${names.type(type.id)}.`]))
    out.line(`type ${name} ${kindType(kind)}`)
    constants(
      type,
      name,
      [...new Set(shape.values)].filter(value => fitsKind(value, kind)),
      context,
      out,
    )
  }
}

// ---- unions --------------------------------------------------------------------------------------------------------

function declareUnion(type: NamedType, shape: UnionShape, context: CodecContext, out: CodeWriter): void {
  const { names, model } = context
  const uses = new Map<string, TypeUse | undefined>()
  for (const branch of shape.branches) {
    if (branch.by === 'tag') {
      for (const use of branchTypes(branch)) uses.set(goType(use, context), use)
      if (branch.open) uses.set(names.unknown(type.id), undefined)
    } else if (branch.kind !== 'null')
      uses.set(
        needsWrapper(branch, model) ? names.kind(type.id, branch.kind) : goType(branch.type, context),
        branch.type,
      )
  }
  const hasNull = shape.branches.some(branch => branch.by === 'kind' && branch.kind === 'null')
  declareInterface(type, [...uses.keys()], hasNull, context, out)
  for (const branch of shape.branches) {
    if (branch.by === 'kind' && needsWrapper(branch, model)) wrapper(type, branch, context, out)
    if (branch.by === 'tag' && branch.open) unknown(type, context, out)
  }
}

function declareInterface(
  type: NamedType,
  variants: readonly string[],
  hasNull: boolean,
  context: CodecContext,
  out: CodeWriter,
): void {
  const name = context.names.type(type.id)
  const all = [...variants, ...(hasNull ? ['nil, which is null'] : [])]
  const list = all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} or ${all.at(-1) ?? ''}`
  out.line(
    ...comment(
      type.docs.length > 0
        ? [...titled(name, type.docs, ''), `It is one of ${list}.`]
        : [`${name} is one of ${list}.`],
    ),
  )
  out.block(`type ${name} interface {`, () => out.line(`encode${name}(w *writer) error`)).line('}')
}

/** A type for what has none that could have methods. */
function wrapper(
  type: NamedType,
  { kind, type: use }: Extract<UnionShape['branches'][number], { by: 'kind' }>,
  context: CodecContext,
  out: CodeWriter,
): void {
  const { names, model } = context
  const [name, union] = [names.kind(type.id, kind), names.type(type.id)]
  out.blank().line(...comment([`${name} is a ${union}.`]))
  if (isInterface(use, model))
    out.block(`type ${name} struct {`, () => out.line(`Value ${goType(use, context)}`)).line('}')
  else out.line(`type ${name} ${goType(use, context)}`)
}

/** An object with a tag that the contract does not list. */
function unknown(type: NamedType, { names }: CodecContext, out: CodeWriter): void {
  const name = names.unknown(type.id)
  out.blank()
  out.line(
    ...comment([
      `${name} is a ${names.type(type.id)} that the contract does not list: another version of it may. It is written back as it came.`,
    ]),
  )
  out
    .block(`type ${name} struct {`, () => {
      out.line('// Kind is what tells the kinds apart; only Raw is written.')
      out.line('Kind any')
      out.line('// Raw is the whole object as JSON.')
      out.line('Raw json.RawMessage')
    })
    .line('}')
}

/** The error that a method declares. */
export function declareError(
  error: ErrorModel,
  method: string,
  context: CodecContext,
  out: CodeWriter,
): void {
  const name = context.names.error(error.id)
  out.line(...comment(titled(name, error.docs, `is the error ${error.name} of ${method}.`)))
  struct(
    name,
    [
      {
        lines: [`// Message is for people; ${quoted(error.name)} if it is empty.`],
        cells: ['Message', 'string'],
      },
      ...(error.data === undefined ? [] : [{ lines: [], cells: ['Data', goType(error.data, context)] }]),
    ],
    out,
  )
  out.blank()
  out.block(`func (e *${name}) Error() string {`, () => {
    out.block('if e.Message == "" {', () => out.line(`return ${quoted(error.name)}`)).line('}')
    out.line('return e.Message')
  })
  out.line('}').blank()
  out.line('// Unwrap gives the error as it travels.')
  out
    .block(`func (e *${name}) Unwrap() error {`, () =>
      out.line(`return &Error{Code: ${error.code}, Message: e.Error()}`),
    )
    .line('}')
}
