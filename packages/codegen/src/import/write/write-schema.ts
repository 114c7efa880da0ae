import type { SchemaJson } from '../../contract/contract-json.js'
import { array, call, json, member, object, quoted, text, type Code } from './typescript-layout.js'

/** The expression that makes a schema: `Type.String({ minLength: 1 })`. */
export function writeSchema(schema: SchemaJson): Code {
  const { 'x-open': open, ...closed } = schema
  return open === true ? call('Open', shape(closed)) : shape(schema)
}

function shape(schema: SchemaJson): Code {
  const made = (name: string, keys: readonly string[], ...args: readonly Code[]): Code =>
    call(`Type.${name}`, ...args, ...options(schema, ['type', ...keys]))
  if (schema.$ref !== undefined) return made('Ref', ['$ref'], quoted(schema.$ref))
  if (schema.anyOf !== undefined) return made('Union', ['anyOf'], array(schema.anyOf.map(writeSchema)))
  if (schema.allOf !== undefined) return made('Intersect', ['allOf'], array(schema.allOf.map(writeSchema)))
  if (schema.const !== undefined) return literal(schema)
  if (schema.enum !== undefined) return list(schema)
  switch (schema.type) {
    case 'object':
      return writeObject(schema, made)
    case 'array':
      if (Array.isArray(schema.items))
        return made('Tuple', ['items', 'additionalItems', 'minItems'], array(schema.items.map(writeSchema)))
      return made('Array', ['items'], writeSchema(schema.items ?? {}))
    case 'string':
      return writeString(schema, made)
    case 'integer':
      return made('Integer', [])
    case 'number':
      return made('Number', [])
    case 'boolean':
      return made('Boolean', [])
    case 'null':
      return made('Null', [])
    default:
      return made('Unknown', [])
  }
}

type Make = (name: string, keys: readonly string[], ...args: readonly Code[]) => Code

function literal(schema: SchemaJson): Code {
  const value = schema.const ?? null
  if (value !== null && schema.type === typeof value)
    return call('Type.Literal', json(value), ...options(schema, ['type', 'const']))
  return raw(schema, flat([value]))
}

function list(schema: SchemaJson): Code {
  const values = schema.enum ?? []
  // Type.Enum knows no booleans.
  if (values.some(value => typeof value === 'boolean')) return raw(schema, flat(values))
  return call('Type.Enum', array(values.map(json)), ...options(schema, ['enum']))
}

function writeString(schema: SchemaJson, made: Make): Code {
  const told = Object.keys(schema).every(key =>
    ['type', 'format', 'contentEncoding', 'description'].includes(key),
  )
  if (told && schema.contentEncoding === undefined && schema.format === 'int64')
    return call('Int64', ...options(schema, ['type', 'format']))
  if (told && schema.contentEncoding === undefined && schema.format === 'uint64')
    return call('UInt64', ...options(schema, ['type', 'format']))
  if (told && schema.contentEncoding === 'base64' && schema.format === undefined)
    return call('Bytes', ...options(schema, ['type', 'contentEncoding']))
  return made('String', [])
}

function writeObject(schema: SchemaJson, made: Make): Code {
  const { properties, required = [], additionalProperties: others, patternProperties = {} } = schema
  const [pattern, ...more] = Object.entries(patternProperties)
  if (properties !== undefined && pattern === undefined) {
    const members = Object.entries(properties).map(([name, inner]) => {
      const value = writeSchema(inner)
      return member(name, required.includes(name) ? value : call('Type.Optional', value))
    })
    const closing =
      typeof others === 'object' ? member('additionalProperties', writeSchema(others)) : undefined
    const keys = ['properties', 'required', ...(closing === undefined ? [] : ['additionalProperties'])]
    const given = optionMembers(schema, ['type', ...keys])
    const all = closing === undefined ? given : [closing, ...given]
    return call('Type.Object', object(members), ...(all.length === 0 ? [] : [object(all)]))
  }
  if (properties === undefined && pattern === undefined && typeof others === 'object')
    return made('Record', ['additionalProperties'], call('Type.String'), writeSchema(others))
  if (properties === undefined && pattern !== undefined && more.length === 0 && others === undefined) {
    const names = call('Type.String', object([member('pattern', quoted(pattern[0]))]))
    return made('Record', ['patternProperties'], names, writeSchema(pattern[1]))
  }
  return raw(schema, 'Record<string, unknown>')
}

/** What no builder makes, as it stands; its type in TypeScript is said beside it. */
const raw = (schema: SchemaJson, type: string): Code => call(`Type.Unsafe<${type}>`, json(schema))

const flat = (values: readonly (string | number | boolean | null)[]): string =>
  values.map(value => (typeof value === 'string' ? quoted(value) : String(value))).join(' | ')

/** Everything that is said beside the shape. */
const options = (schema: SchemaJson, without: readonly string[]): Code[] => {
  const members = optionMembers(schema, without)
  return members.length === 0 ? [] : [object(members)]
}

function optionMembers(schema: SchemaJson, without: readonly string[]): Code[] {
  const said = Object.entries(schema).filter(([key, value]) => !without.includes(key) && value !== undefined)
  // Documentation last: it is long.
  const docs = said.filter(([key]) => key === 'description')
  const others = said.filter(([key]) => key !== 'description')
  return [...others, ...docs].map(([key, value]) =>
    member(key, typeof value === 'string' ? text(value) : json(value)),
  )
}
