import { escaped } from '../../../contract/contract-json.js'
import { acceptsNull } from '../../../model/accepts-null.js'
import type { TypeRef } from '../../../model/model.js'
import type { CodecContext, Way } from './codec-context.js'
import { runtimeAlias as ipc } from '../names/facts.js'
import { widensInference } from '../types/widened-inference.js'
import {
  call,
  comprehension,
  conditional,
  type Expression,
  lambda,
  prefixed,
  tuple,
} from '../print/layout.js'
import { quoted } from '../print/text.js'
import { literalValue, numeral } from '../types/type-ref.js'

/** Without what else says that it may be null. */
const plain = (ref: TypeRef): TypeRef => (ref.kind === 'nullable' ? plain(ref.type) : ref)

/** A step of a path, inside an f-string. */
export const pathStep = (name: string, { strings }: CodecContext): string =>
  `/${strings.inside(escaped(name))}`
const atText = (path: string): string => (path === '{at}' ? 'at' : path === '' ? '""' : `f"${path}"`)

/** The only value allowed in a place. Type checkers infer it from this only where it is the whole expression. */
export const literalCall = (
  ref: Extract<TypeRef, { kind: 'literal' }>,
  value: string,
  path: string,
  context: CodecContext,
): Expression =>
  call(`${ipc}.literal`, value, atText(path), literalValue(ref.value, context), ...ref.kinds.map(quoted))

const isNull = (ref: TypeRef, context: CodecContext): boolean => {
  if (ref.kind !== 'named') return ref.kind === 'null'
  const { shape } = context.model.typeOf(ref.id)
  return shape.kind === 'alias' && isNull(shape.type, context)
}

/** Something that can be called with a value and a path. */
export function reader(ref: TypeRef, way: Way, context: CodecContext): Expression {
  const kinds = openKinds(ref, context)
  if (kinds !== undefined) return openReader(kinds) ?? lambda('value, at', openRead(kinds, 'value', 'at'))
  if (ref.kind === 'named') return namedReader(ref.id, way, context)
  if (ref.kind === 'literal' && ref.value !== null) return context.literals.of(ref)
  const simple = simpleReader(ref, way, context)
  if (simple !== undefined && argumentsOf(ref, context).length === 0) return simple
  if (way === 'decode' && widensInference(ref, context.model)) return context.readers.of(ref, context)
  return lambda('value, at', expression(ref, way, 'value', '{at}', context))
}

/** A value read by a function that declares its type, so that type checkers need not infer it. */
export function declaredRead(ref: TypeRef, value: string, path: string, context: CodecContext): Expression {
  if (ref.kind === 'named' || ref.kind === 'literal') return expression(ref, 'decode', value, path, context)
  return call(context.readers.of(ref, context), value, atText(path))
}

function namedReader(id: string, way: Way, context: CodecContext): string {
  const { shape } = context.model.typeOf(id)
  return shape.kind === 'enum' ? context.names.constant(id) : context.names.codec(way, id)
}

/** The kinds of a list to which others may come. */
function openKinds(ref: TypeRef, context: CodecContext): readonly string[] | undefined {
  if (ref.kind !== 'named') return undefined
  const { shape } = context.model.typeOf(ref.id)
  return shape.kind === 'enum' && shape.open ? shape.kinds : undefined
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

function simpleReader(ref: TypeRef, way: Way, context: CodecContext): string | undefined {
  switch (ref.kind) {
    case 'any':
      return `${ipc}.anything`
    case 'null':
      return `${ipc}.nothing`
    case 'boolean':
      return `${ipc}.boolean`
    case 'integer':
    case 'number':
    case 'string':
      return `${ipc}.${argumentsOf(ref, context).length === 0 ? '' : 'bounded_'}${ref.kind}`
    case 'bytes':
      return `${ipc}.${way}_bytes`
    default:
      return undefined
  }
}

/** A value read or written. `path` is the inside of an f-string; empty for a value at the root. */
export function expression(
  ref: TypeRef,
  way: Way,
  value: string,
  path: string,
  context: CodecContext,
): Expression {
  const at = atText(path)
  // Type checkers do not like the value of a function that returns nothing.
  if (isNull(ref, context)) return call(`${ipc}.literal`, value, at, 'None', '"null"')
  const simple = simpleReader(ref, way, context)
  if (simple !== undefined) return call(simple, value, at, ...argumentsOf(ref, context))
  switch (ref.kind) {
    case 'named': {
      const kinds = openKinds(ref, context)
      return kinds === undefined
        ? call(namedReader(ref.id, way, context), value, at)
        : openRead(kinds, value, at)
    }
    case 'nullable': {
      const inner = plain(ref.type)
      if (way === 'encode')
        return conditional(expression(inner, way, value, path, context), `${value} is not None`, 'None')
      // What may be null twice is T | None to a type checker in one way only.
      const read = acceptsNull(inner, context.model) ? 'of_kinds' : 'nullable'
      return call(`${ipc}.${read}`, value, at, reader(inner, way, context), ...ref.kinds.map(quoted))
    }
    case 'literal':
      return call(context.literals.of(ref), value, at)
    case 'int64':
      return call(
        `${ipc}.${way}_wide`,
        value,
        at,
        quoted(ref.signed ? 'int64' : 'uint64'),
        ...(ref.signed ? ['-(2**63)', '2**63 - 1'] : ['0', '2**64 - 1']),
      )
    case 'array': {
      const depth = (path.match(/\{index/g) ?? []).length + 1
      const [index, item] = depth === 1 ? ['index', 'item'] : [`index_${depth}`, `item_${depth}`]
      const element = expression(ref.item, way, item, `${path}/{${index}}`, context)
      const loop = prefixed(
        `for ${index}, ${item} in `,
        call(
          way === 'decode' ? `${ipc}.elements` : `${ipc}.written_elements`,
          value,
          at,
          ...argumentsOf(ref, context),
        ),
      )
      const made = comprehension(element, loop)
      return ref.unique ? call(`${ipc}.unique`, made, at, ...(way === 'decode' ? [value] : [])) : made
    }
    case 'map':
      return call(
        way === 'decode' ? `${ipc}.entries` : `${ipc}.write_entries`,
        value,
        at,
        reader(ref.value, way, context),
        ...argumentsOf(ref, context),
      )
    default:
      return value
  }
}

function argumentsOf(ref: TypeRef, context: CodecContext): Expression[] {
  switch (ref.kind) {
    case 'integer':
    case 'number':
      return options([
        ['minimum', ref.minimum],
        ['exclusive_minimum', ref.exclusiveMinimum],
        ['maximum', ref.maximum],
        ['exclusive_maximum', ref.exclusiveMaximum],
        ['multiple_of', ref.kind === 'integer' ? ref.multipleOf : undefined],
      ])
    case 'string': {
      const rules = context.constraints.of(ref)
      const lengths = options([
        ['min_length', ref.minLength],
        ['max_length', ref.maxLength],
      ])
      return rules.length === 0 ? lengths : [...lengths, prefixed('rules=', tuple(...rules))]
    }
    case 'bytes':
      return options([
        ['min_length', ref.minLength],
        ['max_length', ref.maxLength],
      ])
    case 'array':
      return options([
        ['min_items', ref.minItems],
        ['max_items', ref.maxItems],
      ])
    case 'map':
      return [
        ...options([
          ['min_properties', ref.minProperties],
          ['max_properties', ref.maxProperties],
        ]),
        ...(ref.names === undefined ? [] : [`name_rule=${context.constraints.name(ref.names)}`]),
      ]
    default:
      return []
  }
}

const options = (all: readonly (readonly [string, number | undefined])[]): string[] =>
  all.flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${numeral(value)}`]))
