/** What stands around the JSON of a message, so that the reader knows where it begins and ends. */
export interface Frame {
  /** Gets the parts of the JSON. */
  readonly before: (json: string, ...more: string[]) => string
  readonly after: string
}

/**
 * A message longer than this is not put together with its frame or with other messages: to join texts costs a copy of
 * them.
 */
export const aloneFrom = 1024 * 1024

/**
 * So much text is written before the end of the turn; then twice as much, and so on up to the most. Whoever reads can
 * begin while the rest is still being made: with 64 calls in flight that is a quarter of their time.
 */
export const firstWrite = 1024
export const largestWrite = 64 * 1024
