/** A text of so many characters is not copied on its way, if that can be avoided. */
export const longText = 256 * 1024

/** A text that knows its sizes. */
interface Measured {
  readonly length: number
  readonly bytes: number
}

/** How many bytes a message has, if they are more than its limit; else 0. */
export function excessBytes(limit: number, text: string | Measured): number {
  // Most messages are so short that their bytes need not be counted.
  if (text.length * 3 <= limit) return 0
  const bytes = typeof text === 'string' ? Buffer.byteLength(text) : text.bytes
  return bytes > limit ? bytes : 0
}

/** As many bytes as a text has, or for a short one a few more: to count them would take longer than to read it. */
export const approximateBytes = (text: string): number =>
  text.length > shortText ? Buffer.byteLength(text) : text.length * 3

const shortText = 256
