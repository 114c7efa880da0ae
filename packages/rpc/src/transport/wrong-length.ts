/** JSON that is examined again is no longer than this. */
export const longestDoubt = 64 * 1024

const [openBrace, openBracket, closeBrace, closeBracket] = [0x7b, 0x5b, 0x7d, 0x5d]

export const opensJson = (byte: number | undefined): boolean => byte === openBrace || byte === openBracket

/** Does the text end as a message does? Spaces after it do not count. */
export function endsJson(bytes: Buffer): boolean {
  let at = bytes.length - 1
  while (isSpace(bytes[at])) at--
  return bytes[at] === closeBrace || bytes[at] === closeBracket
}

export const isSpace = (byte: number | undefined): boolean =>
  byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09

/** Is this all of a message? Then nothing but spaces can follow, whatever its header says. */
export function isWholeJson(bytes: Buffer): boolean {
  if (bytes.length > longestDoubt || !opensJson(bytes[0]) || !endsJson(bytes)) return false
  try {
    JSON.parse(bytes.toString())
    return true
  } catch {
    return false
  }
}

/**
 * Where in a body the next header begins, if the body is too long: at a whole header, which no JSON contains, since its
 * strings have no raw line breaks; or, at the very end, at one that was cut.
 */
export function headerInside(body: Buffer): number | undefined {
  const from = Math.max(0, body.length - longestDoubt)
  const text = body.toString('latin1', from)
  const whole = /(?<=[}\]]\s*)content-length:[ \t]*\d{1,15}[ \t]*\r?\n/i.exec(text)?.index
  if (whole !== undefined) return from + whole
  const tail = /(?<=[}\]]\s*)c[\w-]*(?::[ \t]*\d*[ \t]*\r?)?$/i.exec(text)
  if (tail === null) return undefined
  const [begun = ''] = tail[0].toLowerCase().split(':')
  return 'content-length'.startsWith(begun) ? from + tail.index : undefined
}
