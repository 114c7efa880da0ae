import type { ContractSpec } from '@simple-ipc/rpc'

/**
 * A plain contract, as JSON has it, in the form that `defineContract` takes and checks. There `{}` is taken for a
 * forgotten type; in a plain contract it is any value, and is marked so. What has another form than it should is left
 * as it is, for `defineContract` to name.
 */
export function contractSpec(contract: unknown): ContractSpec {
  const side = parts({ methods: each(method), notifications: each(schema) })
  return parts({ types: each(schema), child: side, host: side })(contract) as ContractSpec
}

type Map = (value: unknown) => unknown
type Members = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Not by assignment: a name may be `__proto__`. */
const mapped = (members: Members, map: (value: unknown, name: string) => unknown): Members =>
  Object.fromEntries(Object.entries(members).map(([name, value]) => [name, map(value, name)]))

/** Maps every member of an object. */
const each =
  (map: Map): Map =>
  value =>
    isObject(value) ? mapped(value, map) : value

/** Maps those members that have a map. */
const parts =
  (maps: Readonly<Record<string, Map>>): Map =>
  value =>
    isObject(value)
      ? mapped(value, (part, name) => (Object.hasOwn(maps, name) ? maps[name]?.(part) : part))
      : value

const list: Map = value => (Array.isArray(value) ? value.map(schema) : schema(value))

const method = parts({
  params: schema,
  result: schema,
  stream: schema,
  progress: schema,
  errors: each(parts({ data: schema })),
})

const shapes = ['type', '$ref', 'anyOf', 'allOf', 'const', 'enum']

function schema(value: unknown): unknown {
  if (!isObject(value)) return value
  const inside = schemaParts(value) as Members
  return shapes.some(key => Object.hasOwn(value, key)) ? inside : { ...inside, '~kind': 'Unknown' }
}

const schemaParts = parts({
  properties: each(schema),
  patternProperties: each(schema),
  anyOf: list,
  allOf: list,
  items: list,
  additionalProperties: schema,
})
