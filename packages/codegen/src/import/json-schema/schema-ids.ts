import { step } from '../../contract/contract-json.js'
import { isNode, type Node } from './places.js'

/** Where a document is that does not say so itself. */
const nowhere = 'document:/'

/** Where references lead: `$id` makes a document of its own, with its own anchors, in which `#` is its own root. */
export class SchemaIds {
  /** Pointers by address, with `#anchor` for anchors. */
  readonly #places = new Map<string, string>([[nowhere, '']])
  /** Addresses by pointer. */
  readonly #bases = new Map<string, string>()
  readonly #isOld: boolean

  constructor(root: unknown, isOld: boolean) {
    this.#isOld = isOld
    this.#look(root, '', nowhere)
  }

  /** The pointer that a reference means at a place; undefined if it is not in this document. */
  resolve(reference: string, path: string): string | undefined {
    const url = absolute(reference, this.#baseOf(path))
    if (url === undefined) return undefined
    const known = this.#places.get(url)
    if (known !== undefined) return known
    const [base = '', fragment = ''] = url.split(/#(.*)/su)
    const start = this.#places.get(base)
    if (start === undefined || (fragment !== '' && !fragment.startsWith('/'))) return undefined
    try {
      return start + decodeURIComponent(fragment)
    } catch {
      return undefined
    }
  }

  #baseOf(path: string): string {
    for (let at = path; ; at = at.slice(0, at.lastIndexOf('/'))) {
      const base = this.#bases.get(at)
      if (base !== undefined) return base
      if (at === '') return nowhere
    }
  }

  #look(value: unknown, path: string, outer: string, areNames = false): void {
    if (typeof value !== 'object' || value === null) return
    const base = isNode(value) && !areNames ? this.#enter(value, path, outer) : outer
    for (const [name, inner] of Object.entries(value))
      if (areNames || !data.has(name))
        this.#look(inner, step(path, name), base, !areNames && named.has(name) && isNode(inner))
  }

  #enter(node: Node, path: string, outer: string): string {
    const { $id: id, $anchor: anchor } = node
    let base = outer
    // Older drafts ignore all that stands beside a reference.
    if (typeof id === 'string' && !(this.#isOld && node['$ref'] !== undefined)) {
      const url = absolute(id, outer)
      const isAnchor = id.startsWith('#') && id !== '#'
      if (url !== undefined && isAnchor) this.#places.set(url, path)
      else if (url !== undefined) {
        base = url.replace(/#.*$/su, '')
        this.#places.set(base, path)
        this.#bases.set(path, base)
      }
    }
    if (typeof anchor === 'string') this.#places.set(`${base}#${anchor}`, path)
    return base
  }
}

/** Keywords without schemas in them. */
const data: ReadonlySet<string> = new Set(['const', 'enum', 'default', 'example', 'examples'])
/** Keywords whose members are names, not keywords. */
const named: ReadonlySet<string> = new Set([
  'properties',
  'patternProperties',
  '$defs',
  'definitions',
  'dependentSchemas',
  'schemas',
  '$files',
])

function absolute(reference: string, base: string): string | undefined {
  try {
    return new URL(reference, base).href.replace(/#$/u, '')
  } catch {
    return undefined
  }
}
