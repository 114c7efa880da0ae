import type { PlainSchema, PlainTypes } from '@simple-ipc/rpc'
import { own, step, stepsOf } from '../../contract/contract-json.js'
import { pascalCase } from '../../naming/words.js'
import type { Exceptions } from '../base/exceptions.js'
import { bare, isFolder } from './json-schema-keywords.js'
import { JoinBudget } from './join-budget.js'
import { isNode, keyOf, type Place, type Read } from './places.js'
import type { Kinds } from './schema-kinds.js'
import { Report } from './report.js'
import { SchemaIds } from './schema-ids.js'
import { typeName } from './type-name.js'

export { isNode, type Node, type Place, type Read } from './places.js'

/** Where definitions are that are known by the last part of their pointer alone. */
const registries = ['/components/schemas', '/$defs', '/definitions']

interface Entry {
  path: string
  /** Undefined until it is read. */
  schema?: PlainSchema
}

/** What was asked for is not read yet. */
class NotRead extends Error {}

/**
 * A JSON document with schemas in it: follows references inside it, gives names to what they lead to, and gathers what
 * is refused.
 */
export class SchemaDocument extends Report {
  readonly root: unknown
  /** Was the document made of a contract? Then names that match no pattern are forbidden, said or not. */
  readonly isOwn: boolean
  /** Of a draft that ignores all that stands beside a reference. */
  readonly isOld: boolean
  /** The types that schemas may have, by their keys. */
  readonly kinds = new Map<string, Kinds>()
  readonly #types = new Map<string, Entry>()
  /** Those as languages spell them, where upper and lower case are the same. */
  readonly #spelled = new Set<string>()
  /** The names of types, by their pointers. */
  readonly #names = new Map<string, string>()
  readonly #unread: string[] = []
  /** What is being read, by its key, with the name by which it refers to itself. */
  readonly #reading = new Map<string, { name?: string }>()
  readonly #postponed: (() => void)[] = []
  readonly #ids: SchemaIds
  readonly #budget = new JoinBudget((path, message) => this.refuse(path, message))
  readonly #read: (place: Place, document: SchemaDocument) => Read

  constructor(root: unknown, exceptions: Exceptions, read: (place: Place, document: SchemaDocument) => Read) {
    super(exceptions)
    this.root = root
    this.isOwn = isNode(root) && root['x-contract-hash'] !== undefined
    this.isOld = isNode(root) && /draft-0[3-7]\b/u.test(String(root['$schema']))
    this.#read = read
    this.#ids = new SchemaIds(root, this.isOld)
  }

  /** Keywords beside a reference in a draft that ignores them. */
  noteBeside(keys: readonly string[], path: string): void {
    for (const key of keys)
      this.note(step(path, key), 'is left out; the draft of this document ignores what stands beside $ref')
  }

  // ---- reading -------------------------------------------------------------------------------------------------

  /** The schema at a place, which must accept something. */
  read(place: Place): PlainSchema {
    return this.settled(place.path, () => {
      const schema = this.#once(place)
      return schema ?? this.#refuseNothing(place)
    })
  }

  /** The schema at a place; undefined if no value fits. */
  readOrNothing(place: Place): Read {
    return this.settled(place.path, () => this.#once(place))
  }

  #refuseNothing({ node, path }: Place): PlainSchema {
    return this.refuse(
      path,
      node === false
        ? 'accepts nothing; leave it out'
        : 'accepts nothing, for what holds together there contradicts itself; correct it, or leave it out',
    )
  }

  #once(place: Place): Read {
    return this.once(keyOf(place), place.path, () => this.#read(place, this))
  }

  /** Reads what may contain itself: where it does, it becomes a type, named by its place. */
  once(key: string, path: string, read: () => Read): Read {
    const outer = this.#reading.get(key)
    if (outer !== undefined) return { $ref: (outer.name ??= this.#freeName(path)) }
    const mine: { name?: string } = {}
    this.#reading.set(key, mine)
    try {
      const schema = read()
      if (mine.name === undefined) return schema
      const entry = this.#types.get(mine.name)
      if (entry !== undefined) entry.schema = schema ?? this.#refuseNothing({ node: undefined, path })
      return { $ref: mine.name }
    } finally {
      this.#reading.delete(key)
    }
  }

  #freeName(path: string): string {
    const { name, count } = this.#free(path)
    this.#types.set(name, { path: `${path} (${count})` })
    this.#spelled.add(pascalCase(name))
    return name
  }

  /** The name that a pointer has, with a number if another one has it already. */
  #free(path: string): { name: string; count: number } {
    const name = typeName(path)
    for (let count = 1; ; count++) {
      const free = count === 1 ? name : `${name}_${count}`
      if (!this.#spelled.has(pascalCase(free)) && !this.#types.has(free)) return { name: free, count }
    }
  }

  joining<R extends Read>(path: string, parts: number, join: () => R): R | PlainSchema {
    return this.#budget.joining(path, parts, join)
  }

  mayJoin(parts: number): boolean {
    return this.#budget.mayJoin(parts)
  }

  // ---- types ---------------------------------------------------------------------------------------------------

  /** The definitions of a registry, in the document's order. */
  declareAll(): void {
    for (const registry of registries) {
      const found = this.find(registry)
      if (!isNode(found)) continue
      for (const name of Object.keys(found)) this.#declareEntry(step(registry, name))
    }
  }

  /** What is no schema but holds some is a folder of definitions. */
  #declareEntry(path: string): void {
    const entry = this.find(path)
    if (!isFolder(entry)) this.declare(path)
    else for (const name of Object.keys(entry)) this.#declareEntry(step(path, name))
  }

  /** All types; those that were only referred to are read now. */
  types(): PlainTypes {
    for (let name = this.#unread.shift(); name !== undefined; name = this.#unread.shift())
      if (this.#types.get(name)?.schema === undefined) this.#readType(name)
    for (const act of this.#postponed.splice(0)) act()
    return Object.fromEntries([...this.#types].map(([name, { schema = {} }]) => [name, schema]))
  }

  /** The name of the type at a pointer. */
  declare(path: string): string {
    const known = this.#names.get(path)
    if (known !== undefined) return known
    const { name } = this.#free(path)
    const first = typeName(path)
    if (name !== first) this.note(path, `becomes the type '${name}', for another one is '${first}'`)
    this.#names.set(path, name)
    this.#types.set(name, { path })
    this.#spelled.add(pascalCase(name))
    this.#unread.push(name)
    return name
  }

  #readType(name: string): void {
    const entry = this.#types.get(name)
    if (entry === undefined) return
    const place = { node: this.find(entry.path), path: entry.path }
    const key = keyOf(place)
    this.#reading.set(key, { name })
    entry.schema = this.settled(place.path, () => this.#read(place, this) ?? this.#refuseNothing(place))
    this.#reading.delete(key)
  }

  /** The type of a name; throws if it is not read yet. */
  typeOf(name: string): PlainSchema {
    const { schema } = this.#types.get(name) ?? {}
    if (schema === undefined) throw new NotRead()
    return schema
  }

  /** Asks for types and acts on them: at once, or at the end if one of them is not read yet. */
  whenRead<T>(ask: () => T, act: (found: T) => void): void {
    const now = (): void => act(ask())
    try {
      now()
    } catch (error) {
      if (!(error instanceof NotRead)) throw error
      this.#postponed.push(now)
    }
  }

  // ---- references ----------------------------------------------------------------------------------------------

  /** What a place that is nothing but a reference leads to, or the place; undefined, and refused, if it leads nowhere. */
  targetOf(place: Place): Place | undefined {
    let at = place
    for (let steps = 0; isNode(at.node) && at.node['$ref'] !== undefined; steps++) {
      const beside = Object.keys(bare(at.node)).length > 1
      if (beside && !this.isOld) return at
      const path = steps > 100 ? undefined : this.resolve(at.node['$ref'], at.path)
      if (path === undefined) return undefined
      at = { node: this.find(path), path }
    }
    return at
  }

  /** Where a reference leads inside this document; undefined, and refused, if it leads nowhere. */
  resolve(reference: unknown, path: string): string | undefined {
    const at = step(path, '$ref')
    if (typeof reference !== 'string') {
      this.refuse(at, 'is not a string; a reference is a string such as #/$defs/Name')
      return undefined
    }
    const pointer = this.#ids.resolve(reference, path)
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
}
