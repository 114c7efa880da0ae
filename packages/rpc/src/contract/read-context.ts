import { step } from '../json/json-pointer.js'
import { jsonKind, type PlainSchema } from '../schema/plain-schema.js'
import type { ContractFault } from './contract-error.js'

export type Source = Record<string, unknown>
export const isSource = (value: unknown): value is Source => jsonKind(value) === 'object'

/** Where a schema is, and what is gathered on the way. */
export interface At {
  /** A JSON Pointer into what was given to `defineContract`. */
  path: string
  depth: number
  /** The names that `Type.Ref` may use here. */
  names: ReadonlySet<string>
  faults: ContractFault[]
  /** The types that came with `Type.Cyclic`, which has names of its own. */
  cyclic: Map<string, { schema: PlainSchema; path: string }>
}

export const below = (at: At, ...names: (string | number)[]): At => ({
  ...at,
  path: at.path + names.map(step).join(''),
  depth: at.depth + 1,
})
export function fault(at: At, message: string): void {
  at.faults.push({ path: at.path, message })
}
