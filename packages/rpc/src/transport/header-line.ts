/** No program means a longer message; skipping it would mean waiting forever. */
const longestBody = 2 ** 32

/** `Content-Length: ` and its number are not longer than this. */
export const longestHeader = 64

export const beginsHeader = (text: string): boolean => /^content-length:/i.test(text)

/** Where in a line a header begins that ends it; -1 if there is none. What it announces may be no length. */
export const headerAt = (text: string): number => text.search(/content-length:[ \t]*-?\w+[ \t]*$/i)

/** The length that a header announces, if it is a positive integer. */
export function lengthIn(text: string): number | undefined {
  const digits = /^content-length:[ \t]*(\d{1,15})[ \t]*$/i.exec(text)?.[1]
  const length = Number(digits)
  return length > 0 && length <= longestBody ? length : undefined
}
