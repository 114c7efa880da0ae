import { acceptsNull } from '../../accepts-null.js'
import type { CodeWriter } from '../../code-writer.js'
import type {
  ErrorModel,
  Kind,
  LiteralValue,
  MemberModel,
  Model,
  NamedType,
  UnionShape,
} from '../../model.js'
import { constantLines, fieldLines, signatureLines } from './annotation-layout.js'
import { lineLength, runtimeAlias as ipc } from './facts.js'
import { call, lines, type Expression } from './layout.js'
import type { PythonNames } from './names.js'
import { docstring, quoted } from './text.js'
import { annotation, literal, literalParts } from './type-ref.js'

/** The class or alias that stands for a type. */
export function declareType(type: NamedType, model: Model, names: PythonNames, out: CodeWriter): void {
  const name = names.type(type.id)
  const { shape } = type
  switch (shape.kind) {
    case 'struct':
      out.line('@dataclass(frozen=True, slots=True, kw_only=True)')
      out.block(`class ${name}:`, () => {
        const fields = names.members(type)
        const docs = type.docs.length > 0 || shape.members.length === 0 ? type.docs : []
        if (docs.length > 0) out.line(...docstring(docs, out.column)).blank(shape.members.length > 0 ? 1 : 0)
        for (const member of shape.members)
          declareField(member, fields.get(member.name) ?? '', model, names, out)
        if (shape.members.length === 0 && docs.length === 0) out.line('pass')
      })
      return
    case 'enum':
      if (shape.open) {
        alias(name, [openType(shape.kinds)], out)
        document(type, out)
        literalAlias(`${name}Known`, shape.values, out)
      } else {
        literalAlias(name, shape.values, out)
        document(type, out)
      }
      return
    case 'union':
      alias(name, unionParts(shape, names), out)
      document(type, out)
      return
    case 'alias':
      alias(name, [annotation(shape.type, names)], out)
      document(type, out)
  }
}

/** What may come where the values of an open list are of these kinds. */
function openType(kinds: readonly Kind[]): string {
  const [kind, ...more] = kinds
  if (more.length > 0 || kind === undefined || kind === 'null') return 'str | float | bool | None'
  return { string: 'str', boolean: 'bool', integer: 'int', number: 'float', array: '', object: '' }[kind]
}

/** None stands last, and nothing stands twice. */
function unionParts({ branches }: UnionShape, names: PythonNames): string[] {
  const all = branches.flatMap(branch => {
    if (branch.by === 'kind') return [annotation(branch.type, names)]
    const known = branch.variants.map(({ type }) => annotation(type, names))
    return branch.open ? [...known, `${ipc}.Unknown`] : known
  })
  const parts = [...new Set(all)]
  return [...parts.filter(part => part !== 'None'), ...parts.filter(part => part === 'None')]
}

/** Quoted: a type may refer to one further down, or to itself. */
function alias(name: string, parts: readonly string[], out: CodeWriter): void {
  const head = `${name}: TypeAlias = `
  const together = head + quoted(parts.join(' | '))
  if (together.length <= lineLength || parts.length < 2) out.line(together)
  // One text cannot go over several lines.
  else out.line(...lines(head, { open: 'Union[', parts: parts.map(quoted), close: ']' }, '', 0))
}

/** Nothing in it refers to anything, so it needs no quotes. */
function literalAlias(name: string, values: readonly LiteralValue[], out: CodeWriter): void {
  const { exact, rest } = literalParts(values)
  const after = rest.map(part => ` | ${part}`).join('')
  if (exact.length === 0) out.line(`${name}: TypeAlias = ${rest.join(' | ')}`)
  else out.line(...lines(`${name}: TypeAlias = `, { open: 'Literal[', parts: exact, close: ']' }, after, 0))
}

function document(type: NamedType, out: CodeWriter): void {
  if (type.docs.length > 0) out.line(...docstring(type.docs, out.column))
}

function declareField(
  member: MemberModel,
  field: string,
  model: Model,
  names: PythonNames,
  out: CodeWriter,
): void {
  out.line(...fieldLines(field, ...fieldType(member, model, names), out.column))
  if (member.docs.length > 0) out.line(...docstring(member.docs, out.column))
}

/** Type and default. */
function fieldType(
  { type, required }: MemberModel,
  model: Model,
  names: PythonNames,
): [type: string, value: string | undefined] {
  const plain = annotation(type, names)
  if (required) return [plain, type.kind === 'literal' ? literal(type.value) : undefined]
  // None stands last in a union, as everywhere.
  const unset = plain.endsWith(' | None')
    ? plain.replace(/None$/, `${ipc}.Unset | None`)
    : `${plain} | ${ipc}.Unset`
  if (acceptsNull(type, model)) return [unset, `${ipc}.UNSET`]
  return [`${plain} | None`, 'None']
}

/** The list of an enum's values, and for an open one the question whether a value is listed. */
export function declareValues(type: NamedType, names: PythonNames, out: CodeWriter): void {
  const { shape } = type
  if (shape.kind !== 'enum') return
  const known = shape.open ? `${names.type(type.id)}Known` : names.type(type.id)
  const kinds: Expression =
    shape.kinds.length === 1
      ? `(${quoted(shape.kinds[0] ?? '')},)`
      : `(${shape.kinds.map(quoted).join(', ')})`
  const made = call(
    `${ipc}.Literals`,
    ...shape.values.map(literal),
    `kinds=${kinds}`,
    ...(shape.byKind ? ['by_kind=True'] : []),
  )
  out.line(...constantLines(names.constant(type.id), `Final[${ipc}.Literals[${known}]]`, made))
  if (!shape.open) return
  out.blank(2)
  const head = call(`def is_known_${names.function(type.id)}`, `value: ${openType(shape.kinds)}`)
  out.line(...signatureLines(head, `TypeGuard[${known}]`, 0))
  out.indented(() => {
    out.line(...docstring(['Whether the contract lists the value: others may come.'], out.column))
    out.line(`return ${names.constant(type.id)}.has(value)`)
  })
}

/** The exception for an error that a method declares. */
export function declareError(error: ErrorModel, method: string, names: PythonNames, out: CodeWriter): void {
  const data = error.data === undefined ? 'None' : annotation(error.data, names)
  const base = `${ipc}.DeclaredError[${quotedIfNeeded(data)}]`
  const head = `class ${names.error(error.id)}(`
  // The last line opens the block.
  const last = head.length + base.length + 2 <= lineLength ? `${head}${base}):` : '):'
  if (last === '):') out.line(head, `    ${base}`)
  out.block(last, () => {
    const docs = error.docs.length > 0 ? error.docs : [`${error.name}, an error of ${method}.`]
    out.line(...docstring(docs, out.column)).blank()
    out.line(`CODE = ${error.code}`, `NAME = ${quoted(error.name)}`)
    if (error.data !== undefined) return
    out.blank()
    out.block('def __init__(self, message: str = "") -> None:', () => {
      out.line('super().__init__(None, message)')
    })
  })
}

/** Base classes are evaluated: what is imported for annotations only must be quoted. */
const quotedIfNeeded = (type: string): string => (/[[|]/.test(type) ? `"${type.replaceAll('"', "'")}"` : type)
