import type { PlainSchema } from '@simple-ipc/rpc'
import { stepsOf } from '../../contract/contract-json.js'
import type { Refusal } from '../../contract/codegen-error.js'
import type { Exceptions } from '../base/exceptions.js'
import { keywords } from './json-schema-keywords.js'
import type { Read } from './places.js'

/** What is refused and remarked while a document is read, each once; and the exceptions, which settle refusals. */
export class Report {
  readonly refusals: Refusal[] = []
  readonly notes: Refusal[] = []
  readonly #told = new Set<string>()
  readonly #exceptions: Exceptions

  constructor(exceptions: Exceptions) {
    this.#exceptions = exceptions
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

  /** Does an exception ask for this at a place of the document? */
  asks(path: string, instead: 'joined' | 'or-null' | 'typed'): boolean {
    const exception = this.#exceptions.find(path)
    if (exception?.instead !== instead) return false
    this.#exceptions.used.add(exception)
    return true
  }

  /** What is read, or what an exception puts there instead if something in it is refused. */
  settled<R extends Read>(path: string, read: () => R): R | PlainSchema {
    if (this.#exceptions.all.length === 0) return read()
    const before = this.refusals.length
    const schema = read()
    const refused = this.refusals.slice(before)
    if (refused.length === 0) return schema
    const exception =
      this.#exceptions.find(path) ??
      // One that names the keyword is about the schema that has it.
      refused
        .filter(refusal => isKeywordOf(path, refusal.path))
        .map(refusal => this.#exceptions.find(refusal.path))
        .find(found => found !== undefined)
    if (exception === undefined || exception.instead === 'nothing') return schema
    if (exception.instead === 'typed' || exception.instead === 'or-null') return schema
    if (typeof exception.instead === 'string') {
      this.refuse(path, `cannot be '${exception.instead}' in the document; write a schema, {} for any value`)
      return schema
    }
    this.#exceptions.used.add(exception)
    for (const refusal of this.refusals.splice(before)) this.#told.delete(keyOf('refusal', refusal))
    return { ...exception.instead, ...{ $comment: exception.reason } }
  }
}

const keyOf = (sort: string, { path, message }: Refusal): string => [sort, path, message].join('\n')

function isKeywordOf(schema: string, path: string): boolean {
  if (!path.startsWith(`${schema}/`)) return false
  const [keyword = '', ...more] = stepsOf(path.slice(schema.length))
  return keywords.has(keyword) && more.length === 0
}
