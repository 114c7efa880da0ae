/** How many bytes a message has, if they are more than its limit; else 0. */
export function bytesOver(limit: number, text: string): number {
  // Most messages are so short that their bytes need not be counted.
  if (text.length * 3 <= limit) return 0
  const bytes = Buffer.byteLength(text)
  return bytes > limit ? bytes : 0
}
