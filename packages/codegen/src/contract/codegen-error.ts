/** What is wrong at one place of a contract, and how to put it right. */
export interface Refusal {
  /** A JSON Pointer into the contract. */
  path: string
  /** Why, and what to write instead. */
  message: string
  /** The whole that cannot be carried, if `path` is a part of it: the union of two branches that look the same. */
  whole?: string
}

/** Code cannot be generated; lists all the reasons, not just the first. */
export class CodegenError extends Error {
  readonly refusals: readonly Refusal[]

  constructor(summary: string, refusals: readonly Refusal[] = []) {
    const lines = refusals.map(
      ({ path, message }) => `\n  ${path === '' ? '(the contract)' : path}: ${message}`,
    )
    super(`${summary}${refusals.length === 0 ? '' : ':'}${lines.join('')}`)
    this.refusals = refusals
  }
}
Object.defineProperty(CodegenError.prototype, 'name', { value: 'CodegenError', configurable: true })

/** The message of whatever was thrown. */
export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
