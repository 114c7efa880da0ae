import type { PlainSchema, PlainTypes } from '@simple-ipc/rpc'
import type { Refusal } from '../../contract/codegen-error.js'
import type {
  LspDocs,
  LspEnumeration,
  LspMetaModel,
  LspProperty,
  LspStructure,
  LspType,
} from './lsp-meta-model.js'

const int32 = 2 ** 31

/** What the meta model takes for granted. */
const baseTypes: Readonly<Record<string, PlainSchema>> = {
  URI: { type: 'string' },
  DocumentUri: { type: 'string' },
  string: { type: 'string' },
  RegExp: { type: 'string' },
  boolean: { type: 'boolean' },
  null: { type: 'null' },
  integer: { type: 'integer', minimum: -int32, maximum: int32 - 1 },
  uinteger: { type: 'integer', minimum: 0, maximum: int32 - 1 },
  decimal: { type: 'number' },
}

/** The types of a meta model as plain schemas: structures flattened, names kept. */
export class LspTypes {
  readonly refusals: Refusal[] = []
  readonly #model: LspMetaModel
  readonly #structures: ReadonlyMap<string, LspStructure>
  readonly #enumerations: ReadonlyMap<string, LspEnumeration>
  readonly #aliases: ReadonlyMap<string, LspMetaModel['typeAliases'][number]>

  constructor(model: LspMetaModel) {
    this.#model = model
    this.#structures = byName(model.structures)
    this.#enumerations = byName(model.enumerations)
    this.#aliases = byName(model.typeAliases)
  }

  /** In the document's order. */
  all(): PlainTypes {
    const structures = this.#model.structures.filter(({ name }) => !isHidden(name))
    return Object.fromEntries([
      ...structures.map(each => [each.name, documented(this.#structure(each), each)] as const),
      ...this.#model.typeAliases.map(each => [each.name, documented(this.#alias(each), each)] as const),
      ...this.#model.enumerations.map(each => [each.name, enumeration(each)] as const),
    ])
  }

  /** A type where it is used. */
  use(type: LspType, path: string): PlainSchema {
    switch (type.kind) {
      case 'base':
        return this.#base(type.name, path)
      case 'reference':
        return this.#reference(type.name, path)
      case 'array':
        return { type: 'array', items: this.use(type.element, `${path}/element`) }
      case 'map':
        return this.#map(type, path)
      case 'tuple':
        return {
          type: 'array',
          items: this.#each(type.items, path),
          additionalItems: false,
          minItems: type.items.length,
        }
      case 'or':
        return { anyOf: this.#each(type.items, path) }
      case 'and':
        return this.#object(
          type.items.flatMap((item, i) => this.#properties(item, `${path}/items/${i}`)),
          path,
        )
      case 'literal':
        return this.#object(type.value.properties, path)
      case 'stringLiteral':
        return { type: 'string', const: type.value }
      case 'integerLiteral':
        return { type: 'number', const: type.value }
      case 'booleanLiteral':
        return { type: 'boolean', const: type.value }
      default:
        return this.#refuse(path, `has the unknown kind '${(type as { kind: string }).kind}'`)
    }
  }

  /** Does a structure have this member? */
  has(type: LspType | undefined, member: string): boolean {
    if (type?.kind !== 'reference' || !this.#structures.has(type.name)) return false
    return this.#properties(type, '').some(({ name }) => name === member)
  }

  /** The types of these names as one, or undefined if the document does not declare them all. */
  oneOf(names: readonly string[]): PlainSchema | undefined {
    return names.every(name => this.#structures.has(name))
      ? { anyOf: names.map(name => ({ $ref: name })) }
      : undefined
  }

  /** A type for people. */
  shown(type: LspType): string {
    return type.kind === 'reference' ? `{@link ${type.name}}` : type.kind
  }

  #each(items: readonly LspType[], path: string): PlainSchema[] {
    return items.map((item, i) => this.use(item, `${path}/items/${i}`))
  }

  #refuse(path: string, message: string): PlainSchema {
    this.refusals.push({ path, message })
    return {}
  }

  #base(name: string, path: string): PlainSchema {
    const schema = Object.hasOwn(baseTypes, name) ? baseTypes[name] : undefined
    return schema ?? this.#refuse(path, `is the unknown base type '${name}'`)
  }

  #reference(name: string, path: string): PlainSchema {
    const isDeclared = [this.#structures, this.#enumerations, this.#aliases].some(all => all.has(name))
    if (isHidden(name) || !isDeclared)
      return this.#refuse(path, `refers to '${name}', which the document does not declare`)
    return { $ref: name }
  }

  #alias({ name, type }: { name: string; type: LspType }): PlainSchema {
    // Spelled out it would be a union of three numbers, of which none can be distinguished from the others.
    if (name === 'LSPAny') return {}
    return this.use(type, `/typeAliases/${name}`)
  }

  #map({ key, value }: LspType & { kind: 'map' }, path: string): PlainSchema {
    if (!this.#isText(key, `${path}/key`))
      this.#refuse(`${path}/key`, 'is not a string; names of members in JSON are strings')
    return { type: 'object', additionalProperties: this.use(value, `${path}/value`) }
  }

  #isText(type: LspType, path: string, above: readonly string[] = []): boolean {
    const alias = type.kind === 'reference' ? this.#aliases.get(type.name) : undefined
    if (alias === undefined) return this.use(type, path).type === 'string'
    return !above.includes(alias.name) && this.#isText(alias.type, path, [...above, alias.name])
  }

  #structure(structure: LspStructure): PlainSchema {
    const path = `/structures/${structure.name}`
    return this.#object(this.#flattened(structure, path, []), path)
  }

  #object(properties: readonly LspProperty[], path: string): PlainSchema {
    // The last of a name counts: a structure may say more exactly what it inherits.
    const members = new Map(properties.map(property => [property.name, property]))
    const required = [...members.values()].filter(({ optional }) => optional !== true).map(({ name }) => name)
    return {
      type: 'object',
      properties: Object.fromEntries(
        [...members.values()].map(property => [
          property.name,
          documented(this.use(property.type, `${path}/${property.name}`), property),
        ]),
      ),
      ...(required.length === 0 ? {} : { required }),
    }
  }

  /** What it extends, what is mixed in, then its own. */
  #flattened(structure: LspStructure, path: string, above: readonly string[]): LspProperty[] {
    if (above.includes(structure.name)) {
      this.#refuse(path, `extends itself, by way of ${above.join(', ')}`)
      return []
    }
    const bases = [...(structure.extends ?? []), ...(structure.mixins ?? [])]
    const inherited = bases.flatMap(base => this.#properties(base, path, [...above, structure.name]))
    return [...inherited, ...structure.properties]
  }

  #properties(type: LspType, path: string, above: readonly string[] = []): LspProperty[] {
    if (type.kind === 'literal') return type.value.properties
    const structure = type.kind === 'reference' ? this.#structures.get(type.name) : undefined
    if (structure !== undefined) return this.#flattened(structure, path, above)
    this.#refuse(path, 'joins something that is not a structure; only structures can be joined')
    return []
  }
}

const byName = <T extends { name: string }>(things: readonly T[]): Map<string, T> =>
  new Map(things.map(thing => [thing.name, thing]))

/** Structures that are there to be extended only. */
const isHidden = (name: string): boolean => name.startsWith('_')

function enumeration(each: LspEnumeration): PlainSchema {
  const values = each.values.map(({ name, value, documentation }) => {
    const about = documentation === undefined ? '' : `: ${documentation.replace(/\s+/g, ' ')}`
    return `- ${JSON.stringify(value)} ${name}${about}`
  })
  const schema: PlainSchema = {
    ...(each.type.name === 'string' ? {} : { type: 'integer' as const }),
    enum: [...new Set(each.values.map(({ value }) => value))],
    ...(each.supportsCustomValues === true ? { 'x-open': true as const } : {}),
  }
  return documented(schema, each, [values.join('\n')])
}

const documented = (schema: PlainSchema, docs: LspDocs, more: readonly string[] = []): PlainSchema => {
  const description = lspDocs(docs, more)
  return description === undefined ? schema : { ...schema, description }
}

/** The documentation with version and deprecation. */
export function lspDocs(docs: LspDocs, more: readonly string[] = []): string | undefined {
  const { documentation = '', since, deprecated, proposed } = docs
  const parts = [
    documentation.trim(),
    ...(since === undefined || documentation.includes('@since') ? [] : [`@since ${since}`]),
    ...(deprecated === undefined || documentation.includes('@deprecated')
      ? []
      : [`@deprecated ${deprecated}`]),
    ...(proposed !== true || documentation.includes('@proposed') ? [] : ['@proposed']),
    ...more,
  ].filter(part => part !== '')
  return parts.length === 0 ? undefined : parts.join('\n\n')
}
