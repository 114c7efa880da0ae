import type { Static, TEnum, TEnumValue, TSchema, TUnion, TUnsafe } from 'typebox'

/**
 * A value that the contract does not list, received where it says `Open`: an enum value or a tagged object of a newer
 * version. Only receiving makes one; sent back, it is on the wire what it was.
 */
export class UnlistedValue {
  /** What was on the wire. */
  readonly value: unknown

  constructor(value: unknown) {
    this.value = value
  }

  toJSON(): unknown {
    return this.value
  }
}

/** What `Open` makes of a schema: its own values and {@link UnlistedValue}. */
export type OpenSchema<T extends TSchema> =
  T extends TEnum<infer V extends TEnumValue[]>
    ? TUnion<[TEnum<V>, TUnsafe<UnlistedValue>]>
    : T extends TUnion<infer U extends TSchema[]>
      ? TUnion<[...U, TUnsafe<UnlistedValue>]>
      : TUnion<[TUnsafe<Static<T>>, TUnsafe<UnlistedValue>]>

/**
 * An enum, a union of literals or a tagged union that may grow: a value or tag that is not listed is accepted when it
 * arrives, as an {@link UnlistedValue}, instead of rejected. Closed is the default, so that a switch over it is
 * complete.
 */
export function Open<const T extends TSchema>(schema: T): OpenSchema<T> {
  const open = Object.create(Object.prototype, Object.getOwnPropertyDescriptors(schema)) as Record<
    string,
    unknown
  >
  open['x-open'] = true
  return open as unknown as OpenSchema<T>
}
