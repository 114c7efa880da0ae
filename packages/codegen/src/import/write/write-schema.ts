import type { SchemaJson } from '../../contract/contract-json.js'
import type { Doc } from '../../print/document.js'
import { ImportedNames } from '../../print/imported-names.js'
import { scalar } from '../../targets/typescript/print/data.js'
import { keyword, reference, referenceDoc, type TypeCode } from '../../targets/typescript/types/type-code.js'
import { array, call, json, member, object, text, type Code } from './typescript-code.js'

/** What a contract is written with, of `@simple-ipc/rpc`. */
const names = ['Bytes', 'defineContract', 'Int64', 'Open', 'Type', 'UInt64'] as const

/** Writes schemas as the expressions that make them: `Type.String({ minLength: 1 })`. */
export class SchemaWriter {
  readonly imports = new ImportedNames(names)

  write(schema: SchemaJson): Code {
    const { 'x-open': open, ...closed } = schema
    return open === true ? call(this.imports.use('Open'), this.shape(closed)) : this.shape(schema)
  }

  private shape(schema: SchemaJson): Code {
    if (schema.$ref !== undefined) return this.made(schema, 'Ref', ['$ref'], json(schema.$ref))
    if (schema.anyOf !== undefined) return this.made(schema, 'Union', ['anyOf'], this.list(schema.anyOf))
    if (schema.allOf !== undefined) return this.made(schema, 'Intersect', ['allOf'], this.list(schema.allOf))
    if (schema.const !== undefined) return this.literal(schema)
    if (schema.enum !== undefined) return this.values(schema, schema.enum)
    switch (schema.type) {
      case 'object':
        return this.object(schema)
      case 'array':
        return Array.isArray(schema.items)
          ? this.made(schema, 'Tuple', ['items', 'additionalItems', 'minItems'], this.list(schema.items))
          : this.made(schema, 'Array', ['items'], this.write(schema.items ?? {}))
      case 'string':
        return this.string(schema)
      case 'integer':
        return this.made(schema, 'Integer', [])
      case 'number':
        return this.made(schema, 'Number', [])
      case 'boolean':
        return this.made(schema, 'Boolean', [])
      case 'null':
        return this.made(schema, 'Null', [])
      default:
        return this.made(schema, 'Unknown', [])
    }
  }

  /** `Type.Name(…)` with the keywords that no argument says. */
  private made(schema: SchemaJson, name: string, said: readonly string[], ...args: readonly Code[]): Code {
    return this.type(name, ...args, ...options(schema, ['type', ...said]))
  }

  private type(name: string, ...args: readonly Code[]): Code {
    return call(`${this.imports.use('Type')}.${name}`, ...args)
  }

  private list(schemas: readonly SchemaJson[]): Code {
    return array(schemas.map(schema => this.write(schema)))
  }

  private literal(schema: SchemaJson): Code {
    const value = schema.const ?? null
    if (value !== null && schema.type === typeof value)
      return this.made(schema, 'Literal', ['const'], json(value))
    return this.unsafe(schema, literalTypes([value]))
  }

  private values(schema: SchemaJson, values: NonNullable<SchemaJson['enum']>): Code {
    // Type.Enum knows no booleans.
    if (values.some(value => typeof value === 'boolean')) return this.unsafe(schema, literalTypes(values))
    return this.type('Enum', json(values), ...options(schema, ['enum']))
  }

  private string(schema: SchemaJson): Code {
    const { format, contentEncoding } = schema
    const isPlain = Object.keys(schema).every(key =>
      ['type', 'format', 'contentEncoding', 'description'].includes(key),
    )
    const converted =
      !isPlain || (format !== undefined && contentEncoding !== undefined)
        ? undefined
        : converters.find(each => each.format === format && each.contentEncoding === contentEncoding)
    return converted === undefined
      ? this.made(schema, 'String', [])
      : call(this.imports.use(converted.name), ...options(schema, ['type', 'format', 'contentEncoding']))
  }

  private object(schema: SchemaJson): Code {
    const { properties, required = [], additionalProperties: others, patternProperties = {} } = schema
    const [pattern, ...more] = Object.entries(patternProperties)
    if (properties !== undefined && pattern === undefined) {
      const members = Object.entries(properties).map(([name, inner]) => {
        const value = this.write(inner)
        return member(name, required.includes(name) ? value : this.type('Optional', value))
      })
      const said = ['type', 'properties', 'required']
      const all =
        typeof others === 'object'
          ? [
              member('additionalProperties', this.write(others)),
              ...optionMembers(schema, [...said, 'additionalProperties']),
            ]
          : optionMembers(schema, said)
      return this.type('Object', object(members), ...(all.length === 0 ? [] : [object(all)]))
    }
    if (properties === undefined && pattern === undefined && typeof others === 'object')
      return this.made(schema, 'Record', ['additionalProperties'], this.type('String'), this.write(others))
    if (properties === undefined && pattern !== undefined && more.length === 0 && others === undefined) {
      const [names, value] = pattern
      const key = this.type('String', object([member('pattern', json(names))]))
      return this.made(schema, 'Record', ['patternProperties'], key, this.write(value))
    }
    return this.unsafe(schema, reference('Record', keyword('string'), keyword('unknown')))
  }

  /** What no builder makes, as it is; its type in TypeScript is written before it. */
  private unsafe(schema: SchemaJson, type: TypeCode): Code {
    return call(referenceDoc(`${this.imports.use('Type')}.Unsafe`, [type]), json(schema))
  }
}

/** Strings that are something else in JavaScript, and have a builder of their own. */
const converters = [
  { name: 'Int64', format: 'int64', contentEncoding: undefined },
  { name: 'UInt64', format: 'uint64', contentEncoding: undefined },
  { name: 'Bytes', format: undefined, contentEncoding: 'base64' },
] as const

function literalTypes(values: readonly unknown[]): TypeCode {
  const parts = values.map((value): TypeCode => ({ kind: 'literal', text: scalar(value) }))
  const [only] = parts
  return parts.length === 1 && only !== undefined ? only : { kind: 'union', parts }
}

/** All keywords that are not said elsewhere. */
const options = (schema: SchemaJson, without: readonly string[]): Code[] => {
  const members = optionMembers(schema, without)
  return members.length === 0 ? [] : [object(members)]
}

function optionMembers(schema: SchemaJson, without: readonly string[]): Doc[] {
  const said = Object.entries(schema).filter(([key, value]) => !without.includes(key) && value !== undefined)
  // Documentation last: it is long.
  const docs = said.filter(([key]) => key === 'description')
  const others = said.filter(([key]) => key !== 'description')
  return [...others, ...docs].map(([key, value]) =>
    member(key, typeof value === 'string' ? text(value) : json(value)),
  )
}
