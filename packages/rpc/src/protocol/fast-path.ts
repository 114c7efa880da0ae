import { maxDepth } from '../json/json-value.js'
import { faultIn, parse } from '../json/parse-json.js'
import type { WireMessage } from './message.js'

const jsonrpc = '2.0'
const withId = '{"jsonrpc":"2.0","id":'
const withoutId = '{"jsonrpc":"2.0","method":"'
const items = '{"jsonrpc":"2.0","method":"$/items","params":{"id":'
const SMALL_I = 105
const SMALL_M = 109
const behindMethod = ',"params":'
/** Longer ones do not occur; what is not read here is read as JSON. */
const longestMethod = 1024
const ZERO = 48
const NINE = 57
const CLOSING_BRACE = 125
const SPACE = 32
const BACKSLASH = 92
/** More digits may exceed what an integer holds exactly. */
const mostDigits = 15

/** Where the number ended that was read last, and which it was. */
let end = 0
let number = 0

/**
 * Reads messages that are written exactly as peers write theirs (protocol, section 2), member for member, by parsing only
 * the value in them. Undefined for any other text, which then has to be read as JSON: what is read here means the same
 * there, for a text in the place of one value that is JSON is that value.
 */
export class FastPathReader {
  /** The id of the stream whose items were read last. */
  itemsId = 0
  // Most items are of the same stream as those before, and begin with the same letters up to their values; most
  // requests are of the same method.
  private itemsHead = ''
  private method = ''
  private methodHead = ''

  /** A stream's items: their values. */
  items(text: string): readonly unknown[] | undefined {
    if (text.charCodeAt(withId.length - 4) !== SMALL_M) return undefined
    if (this.itemsHead === '' || !text.startsWith(this.itemsHead)) {
      if (!text.startsWith(items) || !integerAt(text, items.length) || !matches(text, end, ',"values":'))
        return undefined
      this.itemsId = number
      // Not cut from the text, which it would keep alive.
      this.itemsHead = `${items}${number},"values":`
    }
    const to = text.length - 2
    if (text.charCodeAt(to) !== CLOSING_BRACE || text.charCodeAt(to + 1) !== CLOSING_BRACE) return undefined
    const values = valueIn(text, this.itemsHead.length, to, 3)
    return Array.isArray(values) ? values : undefined
  }

  /** Any other message. */
  message(text: string): WireMessage | undefined {
    const last = text.length - 1
    if (text.charCodeAt(last) !== CLOSING_BRACE) return undefined
    if (text.charCodeAt(withId.length - 4) === SMALL_I) {
      if (!text.startsWith(withId) || !integerAt(text, withId.length)) return undefined
      const id = number
      if (matches(text, end, ',"result":')) {
        const result = valueIn(text, end + 10, last, 2)
        return result === undefined ? undefined : { jsonrpc, id, result }
      }
      if (!matches(text, end, ',"method":"')) return undefined
      return this.called(text, end + 11, id)
    }
    return text.startsWith(withoutId) ? this.called(text, withoutId.length, undefined) : undefined
  }

  /** A request or notification whose method's name begins at `from`. */
  private called(text: string, from: number, id: number | undefined): WireMessage | undefined {
    if (this.methodHead === '' || !text.startsWith(this.methodHead, from)) {
      const quote = text.indexOf('"', from)
      const method = text.slice(from, quote)
      if (quote < 0 || method.length > longestMethod || !isPlain(method)) return undefined
      if (quote === text.length - 2) return id === undefined ? { jsonrpc, method } : { jsonrpc, id, method }
      if (!matches(text, quote + 1, behindMethod)) return undefined
      // A copy, for the same reason.
      this.method = Buffer.from(method).toString()
      this.methodHead = `${this.method}"${behindMethod}`
    }
    const { method } = this
    const params = valueIn(text, from + this.methodHead.length, text.length - 1, 2)
    if (typeof params !== 'object') return undefined
    return id === undefined ? { jsonrpc, method, params } : { jsonrpc, id, method, params }
  }
}

/** Is this text the same in a JSON string: without escapes, and without what has to be escaped? */
function isPlain(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code < SPACE || code === BACKSLASH) return false
  }
  return true
}

/** Is a short word in the text at this place? For long ones `startsWith` is faster, for short ones slower. */
function matches(text: string, at: number, word: string): boolean {
  for (let i = 0; i < word.length; i++) if (text.charCodeAt(at + i) !== word.charCodeAt(i)) return false
  return true
}

/** Reads an integer of at least 0. */
function integerAt(text: string, from: number): boolean {
  let at = from
  let value = 0
  let digit = text.charCodeAt(at)
  while (digit >= ZERO && digit <= NINE) {
    value = value * 10 + digit - ZERO
    digit = text.charCodeAt(++at)
  }
  end = at
  number = value
  const digits = at - from
  return digits > 0 && digits <= mostDigits && (digits === 1 || text.charCodeAt(from) !== ZERO)
}

/** The JSON value text[from, to), which is this deep in its message. Undefined if it is not JSON, or is rejected. */
function valueIn(text: string, from: number, to: number, depth: number): unknown {
  if (integerAt(text, from) && end === to) return number
  let value: unknown
  const json = text.slice(from, to)
  // Perhaps a lone surrogate, which has to be replaced first.
  if (json.includes('\\u')) return undefined
  try {
    value = parse(json)
  } catch {
    return undefined
  }
  if (typeof value === 'number') return Number.isFinite(value) ? value + 0 : undefined
  if (typeof value !== 'object' || value === null) return value
  return depth <= maxDepth && faultIn(value, depth) === undefined ? value : undefined
}
