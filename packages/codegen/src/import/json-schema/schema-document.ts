import type { PlainSchema, PlainTypes } from '@simple-ipc/rpc'
import { own, step, stepsOf } from '../../contract/contract-json.js'
import type { Refusal } from '../../contract/codegen-error.js'
import type { Exception } from '../base/exceptions.js'

export type Node = Record<string, unknown>
export const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A schema in the document, by its JSON Pointer. */
export interface Place {
  node: unknown
  path: string
}

/** How deep joins may be in each other, and how many parts they may look at together. */
const deepestJoin = 50
const mostJoined = 10_000

/** Where definitions are that are known by the last part of their pointer alone. */
const registries = ['/components/schemas', '/$defs', '/definitions']

/**
 * A JSON document with schemas in it: follows references inside it, gives names to what they lead to, and gathers what
 * is refused.
 */
export class SchemaDocument {
  readonly refusals: Refusal[] = []
  readonly notes: Refusal[] = []
  readonly root: unknown
  /** Was the document made of a contract? Then names that match no pattern are forbidden, said or not. */
  readonly isOwn: boolean
  readonly #exceptions: ReadonlyMap<string, Exception>
  readonly #types = new Map<string, { path: string; schema?: PlainSchema }>()
  readonly #ids = new Map<string, string>()
  #joins: { path: string; depth: number; left: number } | undefined
  readonly #read: (place: Place, document: SchemaDocument) => PlainSchema

  constructor(
    root: unknown,
    exceptions: readonly Exception[],
    read: (place: Place, document: SchemaDocument) => PlainSchema,
  ) {
    this.root = root
    this.isOwn = isNode(root) && root['x-contract-hash'] !== undefined
    this.#exceptions = new Map(exceptions.map(exception => [exception.path, exception]))
    this.#read = read
    this.#findIds(root, '')
  }

  /**
   * Joins the parts of an allOf, which may lead to further joins. What is joined with itself would go on for ever, and
   * parts of parts double with each level: then the outermost place is refused.
   */
  joining(path: string, parts: number, join: () => PlainSchema): PlainSchema {
    const outer = this.#joins
    if (outer === undefined) this.#joins = { path, depth: 1, left: mostJoined }
    else if (++outer.depth > deepestJoin) outer.left = 0
    const schema = this.mayJoin(parts) ? join() : {}
    if (outer !== undefined) {
      outer.depth--
      return schema
    }
    const isWhole = (this.#joins?.left ?? 0) >= 0
    this.#joins = undefined
    return isWhole ? schema : {}
  }

  /** Whether so many parts more may be looked at; if not, the outermost place is refused, and nothing more is joined. */
  mayJoin(parts: number): boolean {
    const joins = this.#joins
    if (joins === undefined) return true
    joins.left -= parts
    if (joins.left >= 0) return true
    this.refuse(
      joins.path,
      'joins by allOf what contains it, or more than can be joined; write what holds together',
    )
    return false
  }

  refuse(path: string, message: string): PlainSchema {
    if (!this.refusals.some(known => known.path === path && known.message === message))
      this.refusals.push({ path, message })
    return {}
  }

  note(path: string, message: string): void {
    if (!this.notes.some(known => known.path === path && known.message === message))
      this.notes.push({ path, message })
  }

  /** The schema at a place. */
  read(place: Place): PlainSchema {
    return this.at(place.path, () => this.#read(place, this))
  }

  /** What is read, or what an exception puts there instead if something in it is refused. */
  private at(path: string, read: () => PlainSchema): PlainSchema {
    const exception = this.#exceptions.get(path)
    const before = this.refusals.length
    const schema = read()
    if (exception === undefined || this.refusals.length === before) return schema
    const { instead, reason } = exception
    if (typeof instead !== 'object') {
      this.refuse(path, `cannot be '${instead}' in the document; write a schema, {} for any value`)
      return schema
    }
    // Settled by this one refusal, which names the exception's own place.
    this.refusals.splice(before, Infinity, { path, message: reason })
    return { ...instead, ...{ $comment: reason } }
  }

  /** The definitions of a registry, in the document's order. */
  declareAll(): void {
    for (const registry of registries) {
      const found = this.find(registry)
      if (!isNode(found)) continue
      for (const name of Object.keys(found)) this.declare(step(registry, name))
    }
  }

  types(): PlainTypes {
    return Object.fromEntries([...this.#types].map(([name, { schema = {} }]) => [name, schema]))
  }

  /** The type at a pointer; its name depends on the pointer alone. */
  declare(path: string): string {
    const name = nameOf(path)
    const known = this.#types.get(name)
    if (known === undefined) {
      const entry: { path: string; schema?: PlainSchema } = { path }
      // Before it is read: it may refer to itself.
      this.#types.set(name, entry)
      entry.schema = this.read({ node: this.find(path), path })
    } else if (known.path !== path)
      this.refuse(path, `becomes the type '${name}', and so does ${known.path}; rename one of them`)
    return name
  }

  /** Where a reference leads inside this document; undefined, and refused, if it leads nowhere. */
  resolve(reference: unknown, path: string): string | undefined {
    const at = step(path, '$ref')
    if (typeof reference !== 'string') {
      this.refuse(at, 'is not a string; a reference is a string such as #/$defs/Name')
      return undefined
    }
    const known = this.#ids.get(reference)
    const pointer = known ?? (/^#(\/|$)/.test(reference) ? decoded(reference.slice(1)) : undefined)
    if (pointer === undefined)
      this.refuse(
        at,
        reference.startsWith('#')
          ? `refers to the anchor '${reference}', which no schema here has`
          : `refers to another document, '${reference}'; put everything into one first, with a bundler such as @apidevtools/json-schema-ref-parser`,
      )
    else if (this.find(pointer) === undefined)
      this.refuse(at, `refers to '${reference}', which does not exist`)
    else return pointer
    return undefined
  }

  /** The value at a pointer. */
  find(pointer: string): unknown {
    let at = this.root
    for (const name of stepsOf(pointer)) {
      if (Array.isArray(at)) at = (at as unknown[])[Number(name)]
      else at = isNode(at) ? own(at, name) : undefined
    }
    return at
  }

  /** `$id` and `$anchor`, by which schemas can be referred to as well. */
  #findIds(value: unknown, path: string): void {
    if (typeof value !== 'object' || value === null) return
    if (isNode(value)) {
      const { $id, $anchor } = value
      if (typeof $id === 'string' && $id !== '' && path !== '') this.#ids.set($id, path)
      if (typeof $anchor === 'string') this.#ids.set(`#${$anchor}`, path)
    }
    for (const [name, inner] of Object.entries(value))
      if (!data.has(name)) this.#findIds(inner, step(path, name))
  }
}

/** Keywords without schemas in them. */
const data: ReadonlySet<string> = new Set(['const', 'enum', 'default', 'example', 'examples'])

function decoded(pointer: string): string | undefined {
  try {
    return decodeURIComponent(pointer)
  } catch {
    return undefined
  }
}

/** The steps that say where a schema is rather than what it is. */
const structural: ReadonlySet<string> = new Set([
  'components',
  'schemas',
  '$defs',
  'definitions',
  'properties',
  'schema',
])

/** A word that every language can make a name of. */
function nameOf(pointer: string): string {
  const names = stepsOf(pointer)
  const told = names.filter((name, i) => i === names.length - 1 || !structural.has(name))
  const name = told
    .join('_')
    .replace(/[^\p{L}\p{N}_$]+/gu, '_')
    .replace(/(?<=.)_+$/u, '')
  const whole = name === '' ? 'Root' : name
  return /^[\p{L}_$]/u.test(whole) && !(whole in Object.prototype) ? whole : `_${whole}`
}
