import { isId, type Id } from './message.js'

/** What the first bytes of an unreadable message say about it. */
export type Peek = { kind: 'request' | 'response' | 'item'; id: Id } | { kind: 'none' }

/** How many bytes of such a message are examined. */
export const peekBytes = 1024

const none: Peek = { kind: 'none' }

/**
 * Looks for the id in the head of a message. Only an `id` before `method`, `result` or `error` counts; for an item,
 * the `id` that begins its params.
 */
export function peekId(head: string): Peek {
  const scan = new Scanner(head)
  if (!scan.take('{')) return none
  let id: unknown
  for (;;) {
    const key = scan.string()
    if (key === undefined || !scan.take(':')) return none
    if (key === 'method') {
      if (id !== undefined) return found('request', id)
      return scan.string() === '$/items' && scan.take(',') ? itemId(scan) : none
    }
    if (key === 'result' || key === 'error') return id === undefined ? none : found('response', id)
    const value = scan.scalar()
    if (value === undefined) return none
    if (key === 'id') id = value
    if (!scan.take(',')) return none
  }
}

function itemId(scan: Scanner): Peek {
  if (scan.string() !== 'params' || !scan.take(':') || !scan.take('{')) return none
  if (scan.string() !== 'id' || !scan.take(':')) return none
  return found('item', scan.scalar())
}

const found = (kind: 'request' | 'response' | 'item', id: unknown): Peek => (isId(id) ? { kind, id } : none)

const scalar = /"(?:[^"\\]|\\[^])*"|-?\d[\d.eE+-]*(?=[ \t\r\n]*[,}])|true|false|null/y
const space = /[ \t\r\n]*/y

/** Reads JSON's small parts one after another; undefined for anything else. */
class Scanner {
  private readonly text: string
  private at = 0

  constructor(text: string) {
    this.text = text
  }

  take(mark: string): boolean {
    this.match(space)
    if (this.text[this.at] !== mark) return false
    this.at++
    return true
  }

  string(): string | undefined {
    const value = this.scalar()
    return typeof value === 'string' ? value : undefined
  }

  /** A string, number, boolean or null. Arrays and objects are not read. */
  scalar(): unknown {
    this.match(space)
    const text = this.match(scalar)
    if (text === undefined) return undefined
    try {
      return JSON.parse(text)
    } catch {
      return undefined
    }
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at
    const text = pattern.exec(this.text)?.[0]
    if (text !== undefined) this.at += text.length
    return text
  }
}
