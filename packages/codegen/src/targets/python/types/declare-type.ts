import { acceptsNull } from '../../../model/accepts-null.js'
import { branchTypes as typesOf } from '../../../model/branch-types.js'
import { triedDoc } from '../../../model/untagged.js'
import type { CodeWriter } from '../../../print/code-writer.js'
import type { ErrorModel, Kind, MemberModel, NamedType, UnionShape } from '../../../model/model.js'
import { aliasLines, baseType, literalAliasLines } from './alias.js'
import { constantLines, fieldLines, signatureLines } from './annotation-layout.js'
import { runtimeAlias as ipc } from '../names/facts.js'
import { call, lines, prefixed, subscript, tuple } from '../print/layout.js'
import { docstring, quoted } from '../print/text.js'
import type { DeclarationContext } from './type-context.js'
import { annotation, literalValue, union } from './type-ref.js'

/** The class or alias of a type. */
export function declareType(type: NamedType, context: DeclarationContext, out: CodeWriter): void {
  const { names, imports } = context
  const name = names.type(type.id)
  const { shape } = type
  switch (shape.kind) {
    case 'struct':
      out.line(`@${imports.use('dataclass')}(frozen=True, slots=True, kw_only=True)`)
      out.block(`class ${name}:`, () => {
        const fields = names.members(type)
        const docs = type.docs.length > 0 || shape.members.length === 0 ? type.docs : []
        if (docs.length > 0) out.line(...docstring(docs, out.column)).blank(shape.members.length > 0 ? 1 : 0)
        for (const member of shape.members) declareField(member, fields.get(member.name) ?? '', context, out)
        if (shape.members.length === 0 && docs.length === 0) out.line('pass')
      })
      return
    case 'enum':
      if (shape.open) {
        out.line(...aliasLines(name, openType(shape.kinds), context))
        document(type, out)
        out.line(...literalAliasLines(`${name}Known`, shape.values, imports))
      } else {
        out.line(...literalAliasLines(name, shape.values, imports))
        document(type, out)
      }
      return
    case 'union':
      out.line(...aliasLines(name, union(...branchTypes(shape, context)), context))
      document(type, out)
      return
    case 'alias':
      out.line(...aliasLines(name, annotation(shape.type, context), context))
      document(type, out)
  }
}

/** What may come where the values of an open list are of these kinds. */
function openType(kinds: readonly Kind[]): string {
  const [kind, ...more] = kinds
  if (more.length > 0 || kind === undefined || kind === 'null') return 'str | float | bool | None'
  return { string: 'str', boolean: 'bool', integer: 'int', number: 'float', array: '', object: '' }[kind]
}

const branchTypes = ({ branches }: UnionShape, context: DeclarationContext): string[] =>
  branches.flatMap(branch => {
    const known = typesOf(branch).map(type => annotation(type, context))
    return branch.by === 'tag' && branch.open ? [...known, `${ipc}.Unknown`] : known
  })

function document({ docs, shape }: NamedType, out: CodeWriter): void {
  const all = shape.kind === 'union' ? [...docs, ...triedDoc(shape)] : docs
  if (all.length > 0) out.line(...docstring(all, out.column))
}

function declareField(
  member: MemberModel,
  field: string,
  context: DeclarationContext,
  out: CodeWriter,
): void {
  out.line(...fieldLines(field, ...fieldType(member, context), out.column))
  if (member.docs.length > 0) out.line(...docstring(member.docs, out.column))
}

/** Type and default. */
function fieldType(
  { type, required }: MemberModel,
  context: DeclarationContext,
): [type: string, value: string | undefined] {
  const plain = annotation(type, context)
  if (required) return [plain, type.kind === 'literal' ? literalValue(type.value, context) : undefined]
  return acceptsNull(type, context.model)
    ? [union(plain, `${ipc}.Unset`), `${ipc}.UNSET`]
    : [union(plain, 'None'), 'None']
}

/** The list of an enum's values, and for an open one the question whether a value is listed. */
export function declareValues(type: NamedType, context: DeclarationContext, out: CodeWriter): void {
  const { shape } = type
  const { names, imports } = context
  if (shape.kind !== 'enum') return
  const known = shape.open ? `${names.type(type.id)}Known` : names.type(type.id)
  const made = call(
    `${ipc}.Literals`,
    ...shape.values.map(value => literalValue(value, context)),
    prefixed('kinds=', tuple(...shape.kinds.map(quoted))),
    ...(shape.byKind ? ['by_kind=True'] : []),
  )
  const constant = names.constant(type.id)
  out.line(...constantLines(constant, `${imports.use('Final')}[${ipc}.Literals[${known}]]`, made))
  if (!shape.open) return
  out.blank(2)
  const head = call(`def is_known_${names.function(type.id)}`, `value: ${openType(shape.kinds)}`)
  out.line(...signatureLines(head, `${imports.use('TypeGuard')}[${known}]`, 0))
  out.indented(() => {
    out.line(...docstring(['Whether the contract lists the value: others may come.'], out.column))
    out.line(`return ${constant}.has(value)`)
  })
}

/** The exception for an error that a method declares. */
export function declareError(
  error: ErrorModel,
  method: string,
  context: DeclarationContext,
  out: CodeWriter,
): void {
  const { names, strings } = context
  const data = error.data === undefined ? 'None' : annotation(error.data, context)
  const base = subscript(`${ipc}.DeclaredError`, baseType(data, context))
  const head = lines('', call(`class ${names.error(error.id)}`, base), ':', out.column)
  out.line(...head).indented(() => {
    const docs = error.docs.length > 0 ? error.docs : [`${error.name}, an error of ${method}.`]
    out.line(...docstring(docs, out.column)).blank()
    out.line(`CODE = ${error.code}`, `NAME = ${strings.of(error.name)}`)
    if (error.data !== undefined) return
    out.blank()
    out.block('def __init__(self, message: str = "") -> None:', () => {
      out.line('super().__init__(None, message)')
    })
  })
}
