import { LongJson } from './long-json.js'

/** How many bytes a message has, if they are more than its limit; else 0. */
export function bytesOver(limit: number, text: string | LongJson): number {
  if (text instanceof LongJson) return text.bytes > limit ? text.bytes : 0
  // Most messages are so short that their bytes need not be counted.
  if (text.length * 3 <= limit) return 0
  const bytes = Buffer.byteLength(text)
  return bytes > limit ? bytes : 0
}

/** As many bytes as a text has, or for a short one a few more: to count them would take longer than to read it. */
export const bytesAbout = (text: string): number =>
  text.length > shortText ? Buffer.byteLength(text) : text.length * 3

const shortText = 256
