import type { PlainSchema } from '@simple-ipc/rpc'
import type { Refusal } from '../../contract/codegen-error.js'
import type { Exception } from '../base/exceptions.js'
import type { Read } from './places.js'

/** What is refused and remarked while a document is read, each once; and the exceptions, which settle refusals. */
export class Report {
  readonly refusals: Refusal[] = []
  readonly notes: Refusal[] = []
  readonly #told = new Set<string>()
  readonly #exceptions: ReadonlyMap<string, Exception>

  constructor(exceptions: readonly Exception[]) {
    this.#exceptions = new Map(exceptions.map(exception => [exception.path, exception]))
  }

  refuse(path: string, message: string): PlainSchema {
    if (!this.#isTold(keyOf('refusal', { path, message }))) this.refusals.push({ path, message })
    return {}
  }

  note(path: string, message: string): void {
    if (!this.#isTold(keyOf('note', { path, message }))) this.notes.push({ path, message })
  }

  #isTold(key: string): boolean {
    const { size } = this.#told
    return this.#told.add(key).size === size
  }

  /** What is read, or what an exception puts there instead if something in it is refused. */
  settled<R extends Read>(path: string, read: () => R): R | PlainSchema {
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
    for (const refusal of this.refusals.splice(before, Infinity, { path, message: reason }))
      this.#told.delete(keyOf('refusal', refusal))
    return { ...instead, ...{ $comment: reason } }
  }
}

const keyOf = (sort: string, { path, message }: Refusal): string => [sort, path, message].join('\n')
