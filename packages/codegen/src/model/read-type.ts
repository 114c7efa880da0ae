import { typeNamesOf, unionShape } from '@simple-ipc/rpc'
import type { Refusal } from '../contract/codegen-error.js'
import { own, step, type SchemaJson, type TypesJson } from '../contract/contract-json.js'
import type { NamedType, TypeRef } from './model.js'
import { compilePattern } from './pattern-program.js'
import { readStruct } from './read-struct.js'
import { readUnion, solidBranches } from './read-union.js'
import { docsOf, isAny, isList, isStruct, literalKinds, pick } from './schema-facts.js'
import type { SchemaReader } from './schema-reader.js'

/** Reads schemas; gathers the types that need a name and everything that is refused. */
export class TypeReader implements SchemaReader {
  readonly refusals: Refusal[] = []
  readonly schemas: TypesJson
  private readonly named = new Map<string, NamedType | undefined>()
  private readonly paths = new Map<string, string>()

  constructor(schemas: TypesJson) {
    this.schemas = schemas
    for (const name of Object.keys(schemas)) this.paths.set(name, step('/types', name))
  }

  /** Those of the contract in its order, then the others in the order in which they were met. */
  types(): NamedType[] {
    const declared = Object.keys(this.schemas)
    const others = [...this.named.keys()].filter(name => !Object.hasOwn(this.schemas, name))
    return [...declared, ...others].flatMap(name => this.named.get(name) ?? [])
  }

  refuse(path: string, message: string, whole?: string): void {
    const isSame = (known: Refusal): boolean =>
      known.path === path && known.message === message && known.whole === whole
    if (!this.refusals.some(isSame))
      this.refusals.push({ path, message, ...(whole === undefined ? {} : { whole }) })
  }

  resolve(schema: SchemaJson): SchemaJson {
    const target = schema.$ref === undefined ? undefined : own(this.schemas, schema.$ref)
    return target === undefined ? schema : this.resolve(target)
  }

  /** The types of the contract's registry. They refer to each other by name: none waits for what another is. */
  declare(): void {
    for (const name of Object.keys(this.schemas)) this.declareOne(name)
  }

  private declareOne(name: string): void {
    this.named.set(name, undefined)
    const schema = own(this.schemas, name) ?? {}
    const path = step('/types', name)
    // What is written in it, and perhaps null, is not the type itself.
    const words = schema.anyOf === undefined ? name : `${name} value`
    const shape = this.shapeOf(schema, path, name) ?? {
      kind: 'alias' as const,
      type: this.inline(schema, path, words),
    }
    this.named.set(name, { id: name, path, docs: docsOf(schema), shape })
  }

  typeRef(schema: SchemaJson, path: string, words: string): TypeRef {
    if (schema.$ref !== undefined) return { kind: 'named', id: schema.$ref }
    const title = schema.title ?? (schema as { $id?: string }).$id
    const id = title ?? words
    if (!this.needsName(schema)) return this.inline(schema, path, words)
    const other = this.paths.get(id)
    if (other !== undefined && other !== path) {
      this.refuse(path, wouldBeCalled(id, other))
      return { kind: 'any' }
    }
    this.paths.set(id, path)
    if (!this.named.has(id)) {
      this.named.set(id, undefined)
      const shape = this.shapeOf(schema, path, id)
      if (shape === undefined) {
        // A union that turned out to be a single type, perhaps or null.
        this.named.delete(id)
        this.paths.delete(id)
        return this.inline(schema, path, words)
      }
      this.named.set(id, { id, path, docs: docsOf(schema), shape })
    }
    return { kind: 'named', id }
  }

  namedRef(schema: SchemaJson, path: string, words: string): TypeRef & { kind: 'named' } {
    const type = this.typeRef(schema, path, words)
    if (type.kind === 'named') return type
    const other = this.paths.get(words)
    if (other !== undefined && other !== path) this.refuse(path, wouldBeCalled(words, other))
    this.paths.set(words, path)
    this.named.set(words, { id: words, path, docs: docsOf(schema), shape: { kind: 'alias', type } })
    return { kind: 'named', id: words }
  }

  private needsName(schema: SchemaJson): boolean {
    if (schema.anyOf !== undefined || schema.allOf !== undefined) return true
    if (schema.enum !== undefined) return isList(schema)
    return (schema.type === 'object' && isStruct(schema)) || Array.isArray(schema.items)
  }

  private shapeOf(schema: SchemaJson, path: string, id: string): NamedType['shape'] | undefined {
    if (schema.anyOf !== undefined) return readUnion(this, schema, path, id)
    if (schema.allOf !== undefined || (schema.type === 'object' && isStruct(schema)))
      return readStruct(this, schema, path, id)
    if (schema.enum !== undefined && isList(schema)) {
      this.only(schema, ['enum'], path)
      return {
        kind: 'enum',
        // A list may name a value twice; languages may not.
        values: [...new Set(schema.enum)],
        kinds: literalKinds(schema),
        open: schema['x-open'] === true,
        byKind: false,
      }
    }
    if (Array.isArray(schema.items)) return { kind: 'alias', type: this.array(schema, path, id) }
    return undefined
  }

  /** A type that needs no name of its own. */
  private inline(schema: SchemaJson, path: string, words: string): TypeRef {
    if (schema.$ref !== undefined) return { kind: 'named', id: schema.$ref }
    if (schema.anyOf !== undefined) return this.simpleUnion(schema, path, words)
    const [value] = schema.const === undefined ? (schema.enum ?? []) : [schema.const]
    if (value !== undefined) {
      this.only(schema, ['const', 'enum'], path)
      if (schema['x-open'] === true)
        this.refuse(path, 'is an open list of one value; use the plain type instead')
      return value === null ? { kind: 'null' } : { kind: 'literal', value, kinds: literalKinds(schema) }
    }
    switch (schema.type) {
      case 'null':
      case 'boolean':
        return { kind: schema.type }
      case 'integer':
        return { kind: 'integer', ...pick(schema, [...bounds, 'multipleOf']) }
      case 'number':
        return { kind: 'number', ...pick(schema, bounds) }
      case 'string':
        return this.string(schema, path)
      case 'array':
        return this.array(schema, path, words)
      case 'object':
        return this.map(schema, path, words)
      default:
        return { kind: 'any' }
    }
  }

  /** A union of one type and null; or with one that takes anything. */
  private simpleUnion(schema: SchemaJson, path: string, words: string): TypeRef {
    const leaves = (schema.anyOf ?? []).map((leaf, i) => ({ leaf, path: step(path, 'anyOf', i) }))
    const any = leaves.find(({ leaf }) => isAny(this.resolve(leaf)))
    if (any !== undefined) return this.typeRef(any.leaf, any.path, words)
    const others = solidBranches(schema, this)
    const [only] = others
    if (only === undefined) return { kind: 'null' }
    const type = this.typeRef(only.leaf, step(path, 'anyOf', only.index), words)
    const hasNull = typeNamesOf(only.leaf, this.schemas)?.includes('null') === true
    if (others.length === leaves.length || hasNull) return type
    return { kind: 'nullable', type, kinds: unionShape(schema, this.schemas).kinds }
  }

  private string(schema: SchemaJson, path: string): TypeRef {
    const { format, contentEncoding, pattern, minLength, maxLength } = schema
    if (pattern !== undefined) this.pattern(pattern, step(path, 'pattern'))
    const lengths = pick(schema, ['minLength', 'maxLength'])
    if (contentEncoding === 'base64') {
      if (pattern !== undefined || format !== undefined)
        this.refuse(path, 'has a pattern or format beside bytes; keep one of the two')
      return { kind: 'bytes', ...lengths }
    }
    const alone = pattern === undefined && minLength === undefined && maxLength === undefined
    if (alone && (format === 'int64' || format === 'uint64'))
      return { kind: 'int64', signed: format === 'int64' }
    return { kind: 'string', ...lengths, ...pick(schema, ['pattern', 'format']) }
  }

  private array(schema: SchemaJson, path: string, words: string): TypeRef {
    const { items } = schema
    if (Array.isArray(items))
      return {
        kind: 'tuple',
        items: items.map((item, i) => this.typeRef(item, step(path, 'items', i), `${words} ${i + 1}`)),
      }
    return {
      kind: 'array',
      item: this.typeRef(items ?? {}, step(path, 'items'), `${words} item`),
      ...pick(schema, ['minItems', 'maxItems']),
      unique: schema.uniqueItems === true,
    }
  }

  private map(schema: SchemaJson, path: string, words: string): TypeRef {
    const { additionalProperties: others, patternProperties } = schema
    const counts = pick(schema, ['minProperties', 'maxProperties'])
    const [first, ...more] = Object.entries(patternProperties ?? {})
    if (first === undefined)
      return {
        kind: 'map',
        value:
          typeof others === 'object'
            ? this.typeRef(others, step(path, 'additionalProperties'), `${words} value`)
            : { kind: 'any' },
        ...counts,
      }
    if (more.length > 0)
      this.refuse(step(path, 'patternProperties'), 'has several patterns; use one map with one pattern')
    const [names, value] = first
    this.pattern(names, step(path, 'patternProperties', names))
    return {
      kind: 'map',
      value: this.typeRef(value, step(path, 'patternProperties', names), `${words} value`),
      names,
      ...counts,
    }
  }

  private pattern(pattern: string, path: string): void {
    const program = compilePattern(pattern)
    if ('fault' in program) this.refuse(path, program.fault)
  }

  /** Keywords beside a list of values would have to be checked against each: the contract can do that itself. */
  private only(schema: SchemaJson, allowed: readonly string[], path: string): void {
    for (const key of checked)
      if (key in schema && !allowed.includes(key))
        this.refuse(
          step(path, key),
          'stands beside a list of values; leave it out, and the values that it forbids',
        )
  }
}

const wouldBeCalled = (id: string, other: string): string =>
  `would be called '${id}' like ${other}; put it into the contract's types under a name of its own`

const bounds = ['minimum', 'exclusiveMinimum', 'maximum', 'exclusiveMaximum'] as const
const checked = [
  ...bounds,
  'multipleOf',
  'minLength',
  'maxLength',
  'pattern',
  'format',
  'contentEncoding',
  'const',
  'enum',
] as const
