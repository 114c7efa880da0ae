import type { LiteralValue } from '../../../model/model.js'
import { runtimeAlias as ipc } from '../names/facts.js'
import { lineLength } from '../print/line-length.js'
import type { Imports } from '../print/imports.js'
import { typeLines } from './annotation-layout.js'
import { choice, flat, type Expression, lines, pieces, subscript } from '../print/layout.js'
import { widthByCharacter as width } from '../../../print/text-width.js'
import { quoted, quotedPieces } from '../print/text.js'
import type { TypeContext } from './type-context.js'
import { literal, literalParts, splitType } from './type-ref.js'

// Types where Python evaluates them: aliases and base classes.

/** `name: TypeAlias = type`. */
export function aliasLines(name: string, type: string, context: TypeContext): string[] {
  const head = `${name}: ${context.imports.use('TypeAlias')} = `
  const text = real(type, context)
  if (width(head + text) <= lineLength) {
    if (/(?:^|[^\w"'])Union\[/u.test(text)) context.imports.use('Union')
    return [head + text]
  }
  if (!/[[|]/u.test(type)) return [`${head}(`, `    ${type}`, ')']
  // Without quotes it is laid out as any other expression.
  const isThereWhole = namesOf(type).every(name => isThere(name, context))
  return isThereWhole ? typeLines(head, type, '', 0) : lines(head, inParts(type, context), '', 0)
}

/** The same for what is loaded only when somebody asks: the type is a text. */
export function lateAliasLines(name: string, type: string, context: TypeContext): string[] {
  const head = `${name}: ${context.imports.use('TypeAlias')} = `
  const text = quoted(type)
  if (canBeQuoted(type)) {
    if (width(head + text) <= lineLength) return [head + text]
    if (splitType(type, ' | ').length === 1 && width(text) <= lineLength - 4)
      return [`${head}(`, `    ${text}`, ')']
  }
  return lines(head, inParts(type, context), '', 0)
}

/**
 * A type as Python evaluates it, so that others can be joined to it: only names of types further down are quoted, which
 * lead back to this one.
 */
function real(type: string, context: TypeContext): string {
  const parts = splitType(type, ' | ')
  if (parts.length > 1) {
    const all = parts.map(part => real(part, context))
    return all.some(part => part.startsWith('"')) ? `Union[${all.join(', ')}]` : all.join(' | ')
  }
  const open = type.indexOf('[')
  if (open === -1) return isThere(type, context) ? type : quoted(type)
  if (type.startsWith('Literal[') || type === 'tuple[()]') return type
  const inside = splitType(type.slice(open + 1, -1), ', ')
  return `${type.slice(0, open)}[${inside.map(part => real(part, context)).join(', ')}]`
}

/** The names in a type that stand alone. */
function namesOf(type: string): string[] {
  const parts = splitType(type, ' | ')
  if (parts.length > 1) return parts.flatMap(namesOf)
  const open = type.indexOf('[')
  if (open === -1) return [type]
  if (type.startsWith('Literal[') || type === 'tuple[()]') return []
  return splitType(type.slice(open + 1, -1), ', ').flatMap(namesOf)
}

const isThere = (name: string, { declared }: TypeContext): boolean =>
  declared.has(name) ||
  ['None', 'bool', 'bytes', 'float', 'int', 'str'].includes(name) ||
  name.startsWith(`${ipc}.`)

/** Quoted, for a type may refer to one further down, or to itself; in parts where that is too long for one text. */
function evaluated(type: string, context: TypeContext): Expression {
  const whole = quoted(type)
  return canBeQuoted(type) ? choice(whole, () => inParts(type, context)) : inParts(type, context)
}

/** Type checkers read no escapes in a quoted type. */
const canBeQuoted = (type: string): boolean => !quoted(type).includes('\\') && !type.startsWith('Literal[')

function inParts(type: string, context: TypeContext): Expression {
  const { imports } = context
  const inner = (part: string): Expression => evaluated(part, context)
  const parts = splitType(type, ' | ')
  if (parts.length > 1) return subscript(imports.use('Union'), ...parts.map(inner))
  const open = type.indexOf('[')
  if (open === -1) return quoted(type)
  const name = type.slice(0, open)
  const inside = splitType(type.slice(open + 1, -1), ', ')
  if (name === 'Literal') return subscript(name, ...inside)
  if (name === 'Mapping' || name === 'Sequence') imports.use(name)
  return subscript(name, ...inside.map(part => (part === '()' ? part : inner(part))))
}

/**
 * A type in a base class. Python evaluates it, and linters look for imported names in no text there; but an alias may
 * be a text itself, to which nothing can be joined.
 */
export function baseType(type: string, context: TypeContext): Expression {
  const parts = splitType(type, ' | ')
  if (parts.length > 1) {
    const isText = parts.some(part => part !== 'None' && !part.includes('['))
    return isText ? quoted(type) : parts.map(part => flat(baseType(part, context))).join(' | ')
  }
  const open = type.indexOf('[')
  if (open === -1 || type.startsWith('Literal[')) return type
  const name = type.slice(0, open)
  if (name === 'Mapping' || name === 'Sequence') context.imports.use(name)
  return subscript(name, ...splitType(type.slice(open + 1, -1), ', ').map(part => baseType(part, context)))
}

/** An alias of a list of values. Nothing in it refers to anything, so it needs no quotes. */
export function literalAliasLines(name: string, values: readonly LiteralValue[], imports: Imports): string[] {
  const { exact, rest } = literalParts(values)
  const head = `${name}: ${imports.use('TypeAlias')} = `
  if (exact.length === 0) return [head + rest.join(' | ')]
  const parts = exact.map(value => literalLines(value, exact.length > 1))
  const all = subscript(imports.use('Literal'), ...parts)
  const after = rest.map(part => `| ${part}`)
  const whole = lines(head, all, after.map(part => ` ${part}`).join(''), 0)
  if (after.length === 0 || whole.length === 1) return whole
  const together = [flat(all), ...after].join(' ')
  const inner = width(together) <= lineLength - 4 ? [together] : [...lines('', all, '', 4), ...after]
  return [`${head}(`, ...inner.map(line => `    ${line}`), ')']
}

/** A value of a list. What cannot be broken is left as it is: no linter asks for more. */
function literalLines(value: LiteralValue, isOneOfMany: boolean): Expression {
  const text = literal(value)
  const room = lineLength - 8
  if (typeof value !== 'string' || !text.includes(' ') || width(text) <= room + 3) return text
  const parts = quotedPieces(value, room - 4)
  return isOneOfMany ? pieces(['(', ...parts.map(part => `    ${part}`), ')']) : pieces(parts)
}
