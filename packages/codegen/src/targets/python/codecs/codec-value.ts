import { acceptsNull } from '../../../model/accepts-null.js'
import type { TypeUse } from '../../../model/model.js'
import type { CodecContext, Way } from './codec-context.js'
import { runtimeAlias as ipc } from '../names/facts.js'
import { infersTooWide } from '../types/widened-inference.js'
import { call, conditional, type Expression, list, prefixed, tuple } from '../print/layout.js'
import { quoted } from '../print/text.js'
import { literalValue, numeral } from '../types/type-ref.js'

/** Without what else says that it may be null. */
const plain = (use: TypeUse): TypeUse => (use.kind === 'nullable' ? plain(use.type) : use)

/** A step of a path, inside an f-string. */
export const pathStep = (name: string, { texts }: CodecContext): string =>
  `/${texts.inside(name.replaceAll('~', '~0').replaceAll('/', '~1'))}`
const atText = (path: string): string => (path === '{at}' ? 'at' : path === '' ? '""' : `f"${path}"`)

/** The one value that may stand somewhere. Type checkers see through this to it only where it stands by itself. */
export const literalCall = (
  use: Extract<TypeUse, { kind: 'literal' }>,
  value: string,
  path: string,
  context: CodecContext,
): Expression =>
  call(`${ipc}.literal`, value, atText(path), literalValue(use.value, context), ...use.kinds.map(quoted))

const isNull = (use: TypeUse, context: CodecContext): boolean => {
  if (use.kind !== 'named') return use.kind === 'null'
  const shape = context.model.types.find(({ id }) => id === use.id)?.shape
  return shape?.kind === 'alias' && isNull(shape.type, context)
}

/** Something that can be called with a value and a path. */
export function reader(use: TypeUse, way: Way, context: CodecContext): Expression {
  const kinds = openKinds(use, context)
  if (kinds !== undefined)
    return openReader(kinds) ?? prefixed('lambda value, at: ', openRead(kinds, 'value', 'at'))
  if (use.kind === 'named') return namedReader(use.id, way, context)
  if (use.kind === 'literal' && use.value !== null) return context.literals.of(use)
  const simple = simpleReader(use, way, context)
  if (simple !== undefined && argumentsOf(use, context).length === 0) return simple
  if (way === 'decode' && infersTooWide(use, context.model)) return context.readers.of(use, context)
  return prefixed('lambda value, at: ', expression(use, way, 'value', '{at}', context))
}

/** A value read by what says which type it gives, so that type checkers need not infer it. */
export function declaredRead(use: TypeUse, value: string, path: string, context: CodecContext): Expression {
  if (use.kind === 'named' || use.kind === 'literal') return expression(use, 'decode', value, path, context)
  return call(context.readers.of(use, context), value, atText(path))
}

function namedReader(id: string, way: Way, context: CodecContext): string {
  const shape = context.model.types.find(type => type.id === id)?.shape
  return shape?.kind === 'enum' ? context.names.constant(id) : context.names.codec(way, id)
}

/** The kinds of a list to which others may come. */
function openKinds(use: TypeUse, context: CodecContext): readonly string[] | undefined {
  if (use.kind !== 'named') return undefined
  const shape = context.model.types.find(({ id }) => id === use.id)?.shape
  return shape?.kind === 'enum' && shape.open ? shape.kinds : undefined
}

/** Where others than the listed values may come, one kind is checked as its plain type. */
function openReader(kinds: readonly string[]): string | undefined {
  const [kind, ...more] = kinds
  return kind === undefined || more.length > 0 || kind === 'null' ? undefined : `${ipc}.${kind}`
}

function openRead(kinds: readonly string[], value: string, at: string): Expression {
  const simple = openReader(kinds)
  const known = simple === undefined ? kinds.map(quoted) : []
  return call(simple ?? `${ipc}.listed`, value, at, ...known)
}

function simpleReader(use: TypeUse, way: Way, context: CodecContext): string | undefined {
  switch (use.kind) {
    case 'any':
      return `${ipc}.anything`
    case 'null':
      return `${ipc}.nothing`
    case 'boolean':
      return `${ipc}.boolean`
    case 'integer':
    case 'number':
    case 'string':
      return `${ipc}.${argumentsOf(use, context).length === 0 ? '' : 'bounded_'}${use.kind}`
    case 'bytes':
      return `${ipc}.${way}_bytes`
    default:
      return undefined
  }
}

/** A value read or written. `path` is the inside of an f-string; empty for a value that stands in nothing. */
export function expression(
  use: TypeUse,
  way: Way,
  value: string,
  path: string,
  context: CodecContext,
): Expression {
  const at = atText(path)
  // Type checkers do not like the value of a function that returns nothing.
  if (isNull(use, context)) return call(`${ipc}.literal`, value, at, 'None', '"null"')
  const simple = simpleReader(use, way, context)
  if (simple !== undefined) return call(simple, value, at, ...argumentsOf(use, context))
  switch (use.kind) {
    case 'named': {
      const kinds = openKinds(use, context)
      return kinds === undefined
        ? call(namedReader(use.id, way, context), value, at)
        : openRead(kinds, value, at)
    }
    case 'nullable': {
      const inner = plain(use.type)
      if (way === 'encode')
        return conditional(expression(inner, way, value, path, context), `${value} is not None`, 'None')
      // What may be null twice is T | None to a type checker in one way only.
      const read = acceptsNull(inner, context.model) ? 'of_kinds' : 'nullable'
      return call(`${ipc}.${read}`, value, at, reader(inner, way, context), ...use.kinds.map(quoted))
    }
    case 'literal':
      return call(context.literals.of(use), value, at)
    case 'int64':
      return call(
        `${ipc}.${way}_wide`,
        value,
        at,
        quoted(use.signed ? 'int64' : 'uint64'),
        ...(use.signed ? ['-(2**63)', '2**63 - 1'] : ['0', '2**64 - 1']),
      )
    case 'array': {
      const depth = (path.match(/\{index/g) ?? []).length + 1
      const [index, item] = depth === 1 ? ['index', 'item'] : [`index_${depth}`, `item_${depth}`]
      const element = expression(use.item, way, item, `${path}/{${index}}`, context)
      const loop = prefixed(
        `for ${index}, ${item} in `,
        call(
          way === 'decode' ? `${ipc}.elements` : `${ipc}.written_elements`,
          value,
          at,
          ...argumentsOf(use, context),
        ),
      )
      const made = list(element, loop)
      return use.unique ? call(`${ipc}.unique`, made, at, ...(way === 'decode' ? [value] : [])) : made
    }
    case 'map':
      return call(
        way === 'decode' ? `${ipc}.entries` : `${ipc}.write_entries`,
        value,
        at,
        reader(use.value, way, context),
        ...argumentsOf(use, context),
      )
    default:
      return value
  }
}

function argumentsOf(use: TypeUse, context: CodecContext): Expression[] {
  switch (use.kind) {
    case 'integer':
    case 'number':
      return options([
        ['minimum', use.minimum],
        ['exclusive_minimum', use.exclusiveMinimum],
        ['maximum', use.maximum],
        ['exclusive_maximum', use.exclusiveMaximum],
        ['multiple_of', use.kind === 'integer' ? use.multipleOf : undefined],
      ])
    case 'string': {
      const rules = context.rules.of(use)
      const lengths = options([
        ['min_length', use.minLength],
        ['max_length', use.maxLength],
      ])
      return rules.length === 0 ? lengths : [...lengths, prefixed('rules=', tuple(...rules))]
    }
    case 'bytes':
      return options([
        ['min_length', use.minLength],
        ['max_length', use.maxLength],
      ])
    case 'array':
      return options([
        ['min_items', use.minItems],
        ['max_items', use.maxItems],
      ])
    case 'map':
      return [
        ...options([
          ['min_properties', use.minProperties],
          ['max_properties', use.maxProperties],
        ]),
        ...(use.names === undefined ? [] : [`name_rule=${context.rules.name(use.names)}`]),
      ]
    default:
      return []
  }
}

const options = (all: readonly (readonly [string, number | undefined])[]): string[] =>
  all.flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${numeral(value)}`]))
