const [openBrace, openBracket, closeBrace, closeBracket] = [0x7b, 0x5b, 0x7d, 0x5d]
const [quote, backslash] = [0x22, 0x5c]

/** What a byte outside of strings does to the depth. */
const asString = 2
const changes = new Int8Array(256)
changes[openBrace] = changes[openBracket] = 1
changes[closeBrace] = changes[closeBracket] = -1
changes[quote] = asString

export const opensJson = (byte: number | undefined): boolean => byte === openBrace || byte === openBracket

export const isSpace = (byte: number | undefined): boolean =>
  byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09

/** Looks at each byte of a JSON object or array once, as they arrive, for the bracket that closes it. */
export class JsonEnd {
  private readonly limit: number
  private looked = 0
  private depth = 0
  private inString = false
  private isEscaped = false

  /** @param limit more bytes than this are not looked at */
  constructor(limit: number) {
    this.limit = limit
  }

  /** Where in the next bytes the JSON is over, or -1. What ends there may still not be valid. */
  find(bytes: Buffer): number {
    const end = Math.min(bytes.length, this.limit - this.looked)
    this.looked += end
    for (let at = 0; at < end; at++) {
      if (this.inString) {
        at = this.endOfString(bytes, at, end)
        continue
      }
      const change = changes[bytes[at] ?? 0] ?? 0
      if (change === 0) continue
      if (change === asString) this.inString = true
      else if ((this.depth += change) === 0) return at + 1
    }
    return -1
  }

  /** Goes on in a string; returns where its last byte is, or that of the bytes. */
  private endOfString(bytes: Buffer, from: number, end: number): number {
    for (let at = from; at < end; at++) {
      const byte = bytes[at]
      if (this.isEscaped) this.isEscaped = false
      else if (byte === backslash) this.isEscaped = true
      else if (byte === quote) {
        this.inString = false
        return at
      }
    }
    return end
  }
}

export function isJson(bytes: Buffer): boolean {
  try {
    JSON.parse(bytes.toString())
    return true
  } catch {
    return false
  }
}
