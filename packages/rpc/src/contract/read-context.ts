import { step } from '../json/json-pointer.js'
import { jsonKind, type PlainSchema } from '../schema/plain-schema.js'
import type { ContractFault } from './contract-error.js'

export type Source = Record<string, unknown>
export const isSource = (value: unknown): value is Source => jsonKind(value) === 'object'

/** What is gathered while a contract is read. */
export interface Reading {
  readonly faults: ContractFault[]
  /** The types that came with `Type.Cyclic`, which has names of its own. */
  readonly cyclic: Map<string, { schema: PlainSchema; path: string }>
  /** What says something of unions, which can be looked at when all types are known. */
  readonly unions: { schema: PlainSchema; at: At }[]
}

/** Where a schema is. Its path is made for a fault only: most contracts have thousands of places and no fault. */
export class At {
  readonly reading: Reading
  readonly depth: number
  /** The names that `Type.Ref` may use here. */
  readonly names: ReadonlySet<string>
  private readonly outer: At | undefined
  private readonly steps: readonly (string | number)[]

  constructor(
    reading: Reading,
    names: ReadonlySet<string>,
    outer?: At,
    steps: readonly (string | number)[] = [],
  ) {
    this.reading = reading
    this.names = names
    this.depth = outer === undefined ? 0 : outer.depth + 1
    this.outer = outer
    this.steps = steps
  }

  /** A JSON Pointer into what was given to `defineContract`. */
  get path(): string {
    return (this.outer?.path ?? '') + this.steps.map(step).join('')
  }

  withNames(names: ReadonlySet<string>): At {
    return new At(this.reading, names, this.outer, this.steps)
  }
}

export const below = (at: At, ...steps: (string | number)[]): At => new At(at.reading, at.names, at, steps)

export function fault(at: At, message: string): void {
  at.reading.faults.push({ path: at.path, message })
}
