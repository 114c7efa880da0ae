import { propertyName, quoted } from '../print/javascript-text.js'
import { branchTypes } from './branch-types.js'
import type { LiteralValue, Model, StructShape, TypeRef } from './model.js'

const formats: Readonly<Record<string, string>> = {
  'date-time': '2026-01-31T12:00:00Z',
  date: '2026-01-31',
  time: '12:00:00Z',
  uuid: '123e4567-e89b-12d3-a456-426614174000',
  email: 'ada@example.org',
  uri: 'https://example.org/',
  ipv4: '127.0.0.1',
  ipv6: '::1',
}

/**
 * A small value of a type, as JavaScript source: what a first call may send. It fits the type; only for patterns,
 * elements that must differ and members that are counted it may have to be mended.
 */
export const sampleValue = (ref: TypeRef, model: Model): string =>
  sample(ref, { model, inside: [] }) ?? 'null'

interface Place {
  model: Model
  /** The types that this value is a part of: none of them may begin again, or there would be no end. */
  inside: readonly string[]
}

/** Undefined if no value without one of the types around it was found. */
function sample(ref: TypeRef, place: Place): string | undefined {
  switch (ref.kind) {
    case 'named':
      return sampleNamed(ref.id, place)
    case 'nullable':
    case 'null':
    case 'any':
      return 'null'
    case 'boolean':
      return 'true'
    case 'literal':
      return literal(ref.value)
    case 'integer':
    case 'number':
      return sampleNumber(ref)
    case 'string':
      return sampleText(ref)
    case 'int64':
      return '1n'
    case 'bytes':
      return `new Uint8Array(${ref.minLength === undefined ? '' : Math.ceil(ref.minLength / 4) * 3})`
    case 'array':
      return listOf(Array<TypeRef>(ref.minItems ?? 0).fill(ref.item), place)
    case 'tuple':
      return listOf(ref.items, place)
    case 'map':
      return '{}'
  }
}

function listOf(items: readonly TypeRef[], place: Place): string | undefined {
  const inside = items.map(item => sample(item, place))
  return inside.includes(undefined) ? undefined : `[${inside.join(', ')}]`
}

function sampleNamed(id: string, { model, inside }: Place): string | undefined {
  if (inside.includes(id)) return undefined
  const place = { model, inside: [...inside, id] }
  const { shape } = model.typeOf(id)
  switch (shape.kind) {
    case 'struct':
      return sampleStruct(shape, place)
    case 'enum':
      return literal(shape.values[0] ?? null)
    case 'union':
      return shape.branches
        .flatMap(branchTypes)
        .map(type => sample(type, place))
        .find(found => found !== undefined)
    case 'alias':
      return sample(shape.type, place)
  }
}

function sampleStruct({ members }: StructShape, place: Place): string | undefined {
  const required = members.filter(member => member.required)
  const values = required.map(({ type }) => sample(type, place))
  if (values.includes(undefined)) return undefined
  const inside = required.map(({ name }, i) => `${propertyName(name)}: ${values[i] ?? ''}`)
  return inside.length === 0 ? '{}' : `{ ${inside.join(', ')} }`
}

const literal = (value: LiteralValue): string => (typeof value === 'string' ? quoted(value) : String(value))

function sampleNumber(ref: TypeRef & { kind: 'integer' | 'number' }): string {
  const step = ref.kind === 'integer' ? (ref.multipleOf ?? 1) : 1
  const least = Math.max(ref.minimum ?? -Infinity, (ref.exclusiveMinimum ?? -Infinity) + step)
  const most = Math.min(ref.maximum ?? Infinity, (ref.exclusiveMaximum ?? Infinity) - step)
  const wanted = Math.min(Math.max(3, least), most)
  return String(ref.kind === 'integer' ? Math.ceil(wanted / step) * step : wanted)
}

function sampleText({ format, minLength, maxLength }: TypeRef & { kind: 'string' }): string {
  const known = format === undefined ? undefined : formats[format]
  if (known !== undefined) return quoted(known)
  return quoted('text'.padEnd(minLength ?? 0, '.').slice(0, maxLength))
}
