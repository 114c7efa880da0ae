import type { Read } from './places.js'

/** How deep joins may be in each other, and how many parts they may look at together. */
const deepest = 60
const most = 5000

/**
 * How much may be joined: parts of parts double with each level. Where it is too much, the outermost place is refused,
 * and nothing more is joined below it.
 */
export class JoinBudget {
  readonly #refuse: (path: string, message: string) => void
  #outermost: { path: string; depth: number; left: number } | undefined

  constructor(refuse: (path: string, message: string) => void) {
    this.#refuse = refuse
  }

  joining<R extends Read>(path: string, parts: number, join: () => R): R | Exclude<Read, undefined> {
    const outer = this.#outermost
    if (outer === undefined) this.#outermost = { path, depth: 1, left: most }
    else if (++outer.depth > deepest) outer.left = 0
    try {
      return this.mayJoin(parts) ? join() : {}
    } finally {
      if (outer === undefined) this.#outermost = undefined
      else outer.depth--
    }
  }

  /** Whether so many parts more may be looked at. */
  mayJoin(parts: number): boolean {
    const joins = this.#outermost
    if (joins === undefined) return true
    joins.left -= parts
    if (joins.left >= 0) return true
    this.#refuse(
      joins.path,
      'joins by allOf what contains it, or more than can be joined; write what holds together',
    )
    return false
  }
}
