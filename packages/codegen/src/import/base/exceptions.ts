import type { PlainSchema } from '@simple-ipc/rpc'
import { CodegenError } from '../../contract/codegen-error.js'
import { fitsPath, hasWildcards } from './paths.js'
import { compareRevisions } from './revision.js'

/** A place that cannot be carried as it is, and what a person decided to have there instead. */
export interface Exception {
  /**
   * The JSON Pointer that the refusal names: into the document, or into the contract. `*` stands for one step of it, `**`
   * for any number.
   */
  path: string
  /**
   * A schema, `{}` for any value; 'joined': one object with the members of all that cannot be distinguished;
   * 'first-match': the union as it is, read as the first branch that fits; 'nothing': the keyword, method, member or type
   * is left out. In place of an error, what is to be changed of it: `{"code": 7}`.
   */
  instead: PlainSchema | 'joined' | 'first-match' | 'or-null' | 'typed' | 'nothing'
  reason: string
  /** The first revision of the document for which it is meant. */
  since?: string
  /** The first one for which it is not any more. */
  until?: string
  /** What else `--suggest` found possible; says nothing to programs. */
  choices?: unknown
}

/** Reads a list of exceptions, a JSON file that is kept beside the document. */
export function readExceptions(text: string, file: string): Exception[] {
  let list: unknown
  try {
    list = JSON.parse(text)
  } catch (error) {
    throw new CodegenError(
      `${file} is not valid JSON: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
  if (!Array.isArray(list)) throw new CodegenError(`${file} must be a list of { path, instead, reason }`)
  const faults = list.flatMap((entry: unknown, i) => faultOf(entry, i))
  if (faults.length > 0) throw new CodegenError(`${file} cannot be used`, faults)
  return list as Exception[]
}

/** What may stand in place of a schema. */
const ways: readonly unknown[] = ['joined', 'first-match', 'or-null', 'typed', 'nothing']

function faultOf(entry: unknown, i: number): { path: string; message: string }[] {
  const { path, instead, reason, since, until } = (entry ?? {}) as Partial<Record<keyof Exception, unknown>>
  const isSchema = typeof instead === 'object' && instead !== null && !Array.isArray(instead)
  if (
    typeof path !== 'string' ||
    typeof reason !== 'string' ||
    reason === '' ||
    (!isSchema && !ways.includes(instead))
  )
    return [
      {
        path: `/${i}`,
        message:
          'must have a path, a reason, and as instead a schema ({} for any value), "joined" for one object with the members of all branches, "first-match" to read the first branch that fits, "or-null" to send null where a param by position may be left out, "typed" to take the type that a keyword is about, or "nothing" to leave it out',
      },
    ]
  if ([since, until].some(revision => revision !== undefined && typeof revision !== 'string'))
    return [{ path: `/${i}`, message: 'has since or until, which must be revisions, such as "3.17"' }]
  return []
}

/** Those that are meant for a revision of the document. */
export function forRevision(exceptions: readonly Exception[], revision: string | undefined): Exception[] {
  return exceptions.filter(({ path, since, until }) => {
    if (since === undefined && until === undefined) return true
    if (revision === undefined)
      throw new CodegenError(
        `The exception at ${path} has since or until, but the document does not say its revision; use --revision`,
      )
    return (
      (since === undefined || compareRevisions(revision, since) >= 0) &&
      (until === undefined || compareRevisions(revision, until) < 0)
    )
  })
}

/** Exceptions by their places. */
export class Exceptions {
  readonly all: readonly Exception[]
  /** Those that were needed. */
  readonly used = new Set<Exception>()
  readonly #exact: ReadonlyMap<string, Exception>
  readonly #patterns: readonly Exception[]

  constructor(all: readonly Exception[]) {
    this.all = all
    this.#patterns = all.filter(({ path }) => hasWildcards(path))
    this.#exact = new Map(all.map(exception => [exception.path, exception]))
  }

  /** The exception for a place; the one that names it before one with wildcards. */
  find(path: string): Exception | undefined {
    return this.#exact.get(path) ?? this.#patterns.find(exception => fitsPath(exception.path, path))
  }
}
