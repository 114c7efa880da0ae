/** A text of this many characters is not copied, if that can be avoided. */
export const longText = 256 * 1024

/** A text that knows its sizes. */
interface Measured {
  readonly length: number
  readonly bytes: number
}

/** The size of a message in bytes if that is above its limit; otherwise 0. */
export function excessBytes(limit: number, text: string | Measured): number {
  // Most messages are so short that their bytes need not be counted.
  if (text.length * 3 <= limit) return 0
  const bytes = typeof text === 'string' ? Buffer.byteLength(text) : text.bytes
  return bytes > limit ? bytes : 0
}

/** The size of a text in bytes, or for a short one a little more: counting would take longer than reading it. */
export const approximateBytes = (text: string): number =>
  text.length > shortText ? Buffer.byteLength(text) : text.length * 3

/** The size of a text in bytes, or for a short one what it is if it is ASCII. */
export const leastBytes = (text: string): number =>
  text.length > shortText ? Buffer.byteLength(text) : text.length

const shortText = 256
