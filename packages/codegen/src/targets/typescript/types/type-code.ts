import { group, ifBroken, indent, join, line, softLine, type Doc } from '../../../print/document.js'
import { assigned, assignedBelow, listed } from '../print/layout.js'

/** A type as TypeScript has it. */
export type TypeCode =
  | { readonly kind: 'keyword' | 'literal'; readonly text: string }
  | { readonly kind: 'reference'; readonly name: string; readonly of: readonly TypeCode[] }
  | { readonly kind: 'array'; readonly item: TypeCode }
  | { readonly kind: 'tuple'; readonly items: readonly TypeCode[] }
  | { readonly kind: 'index'; readonly value: TypeCode }
  | { readonly kind: 'union'; readonly parts: readonly TypeCode[] }

export const keyword = (text: string): TypeCode => ({ kind: 'keyword', text })
export const reference = (name: string, ...of: readonly TypeCode[]): TypeCode => ({
  kind: 'reference',
  name,
  of,
})

/** On one line. */
export function typeText(type: TypeCode): string {
  const all = (types: readonly TypeCode[]): string => types.map(typeText).join(', ')
  switch (type.kind) {
    case 'keyword':
    case 'literal':
      return type.text
    case 'reference':
      return type.of.length === 0 ? type.name : `${type.name}<${all(type.of)}>`
    case 'array':
      return `readonly ${isBracketed(type.item) ? `(${typeText(type.item)})` : typeText(type.item)}[]`
    case 'tuple':
      return `readonly [${all(type.items)}]`
    case 'index':
      return `{ readonly [name: string]: ${typeText(type.value)} }`
    case 'union':
      return type.parts.map(typeText).join(' | ')
  }
}

/** A type behind the name of a member, of a parameter, or as what a function returns. */
export const typeDoc = (type: TypeCode): Doc =>
  type.kind === 'union' && !isNamePerhaps(type) ? group(indent(softLine, unionDoc(type.parts))) : inner(type)

/** The declaration of an alias. */
export function aliasDoc(name: string, type: TypeCode): Doc {
  const head = `export type ${name} =`
  if (type.kind === 'union' && !isNamePerhaps(type)) return assignedBelow(head, unionDoc(type.parts))
  return assigned(head, inner(type))
}

/** `Name<A, B>`; what is simple stays where it is. */
export function referenceDoc(name: string, of: readonly TypeCode[]): Doc {
  const [only] = of
  if (only === undefined) return name
  if (of.length === 1 && isSimple(only)) return [name, '<', inner(only), '>']
  return [name, group('<', indent(softLine, join([',', line], of.map(inner))), softLine, '>')]
}

/** A member whose name is any. */
export const indexDoc = (value: TypeCode): Doc =>
  group('readonly [', group(indent(softLine, 'name: string'), softLine), ']: ', typeDoc(value))

/** One that nothing stands around that would indent it. */
function inner(type: TypeCode): Doc {
  switch (type.kind) {
    case 'keyword':
    case 'literal':
      return type.text
    case 'reference':
      return referenceDoc(type.name, type.of)
    case 'array':
      return ['readonly ', arrayItem(type.item), '[]']
    case 'tuple':
      return ['readonly ', group(listed('[', type.items.map(tupleItem(type.items.length)), ']'))]
    case 'index':
      return group('{', indent(line, indexDoc(type.value)), line, '}')
    case 'union':
      return isNamePerhaps(type) ? join(' | ', type.parts.map(inner)) : unionDoc(type.parts)
  }
}

const unionDoc = (parts: readonly TypeCode[]): Doc =>
  group(parts.map((part, i) => [i === 0 ? ifBroken('| ') : [line, '| '], indent(inner(part))]))

function arrayItem(item: TypeCode): Doc {
  if (!isBracketed(item)) return inner(item)
  const isWide = item.kind === 'union' && !isNamePerhaps(item)
  return ['(', isWide ? group(indent(softLine, inner(item)), softLine) : inner(item), ')']
}

const tupleItem =
  (count: number) =>
  (item: TypeCode): Doc =>
    count > 1 && item.kind === 'union' && !isNamePerhaps(item)
      ? group(indent(ifBroken('(', softLine), inner(item)), softLine, ifBroken(')'))
      : inner(item)

const isBracketed = ({ kind }: TypeCode): boolean => kind === 'union' || kind === 'array' || kind === 'tuple'

/** Stays on the line of what stands around it. */
const isSimple = (type: TypeCode): boolean =>
  type.kind === 'keyword' ||
  type.kind === 'literal' ||
  type.kind === 'index' ||
  (type.kind === 'reference' && type.of.length === 0) ||
  (type.kind === 'union' && isNamePerhaps(type))

/** One named type, or null, or nothing: never over lines for its own sake. */
function isNamePerhaps({ parts }: { readonly parts: readonly TypeCode[] }): boolean {
  const named = parts.filter(({ kind }) => kind === 'reference' || kind === 'index')
  const rest = parts.filter(part => !named.includes(part))
  return named.length === 1 && rest.every(part => part.kind === 'keyword' && /^(null|void)$/.test(part.text))
}
