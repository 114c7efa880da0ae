import type { PlainSchema } from '@simple-ipc/rpc'

export type Node = Record<string, unknown>
export const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A schema in the document, by its JSON Pointer. */
export interface Place {
  node: unknown
  path: string
  /** What of the schema at the path is meant, if not all: its own keywords, or what it is when it is not null. */
  aspect?: 'own' | 'not null'
}

/** What a schema says itself, without those that it is composed of. */
export interface Part {
  node: Node
  path: string
}

/** A schema, or undefined if no value fits. */
export type Read = PlainSchema | undefined

/** Says the same for the same thing, so that what contains itself is noticed. */
export const keyOf = ({ path, aspect }: Place): string =>
  aspect === undefined ? path : `${path} (${aspect})`

export const sameJson = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)
