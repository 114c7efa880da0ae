import { LastLines } from './last-lines.js'

const CR = 13

/**
 * The lines that were handed over last, at almost no cost for each: of many lines that came as one text, it knows only
 * where the last one is, and looks for the others when they are asked for.
 */
export class RecentLines {
  readonly #last = new LastLines()
  /** The text of many lines that is being handed over. */
  #block = ''
  /** Where its last line begins, and where the next one will. */
  #from = 0
  #next = 0
  /** Up to where its lines are among `#last`. */
  #kept = 0
  /** The line that was handed over last, if it came by itself. */
  #single: string | undefined

  /** Lines of this text are handed over from now on; it ends with a LF. */
  beginBlock(text: string): void {
    this.#keep()
    this.#block = text
    this.#next = this.#kept = 0
  }

  /** The line from `from` to the LF at `end` is handed over. Noting its text would cost a fifth of the speed. */
  note(from: number, end: number): void {
    this.#from = from
    this.#next = end + 1
  }

  /** A line that came by itself is handed over. */
  push(line: string): void {
    this.#keep()
    this.#last.push(line)
    this.#single = line
    this.#next = this.#kept = 0
  }

  get lastLine(): string | undefined {
    return this.#next > 0 ? lineAt(this.#block, this.#from, this.#next - 1) : this.#single
  }

  /** At most 20. */
  toArray(): string[] {
    this.#keep()
    return this.#last.toArray()
  }

  /** Keeps the last lines of the block, before another one takes its place. */
  #keep(): void {
    const lines: string[] = []
    for (let next = this.#next; next > this.#kept && lines.length < LastLines.count;) {
      const from = next < 2 ? 0 : this.#block.lastIndexOf('\n', next - 2) + 1
      lines.push(lineAt(this.#block, from, next - 1))
      next = from
    }
    for (const line of lines.reverse()) this.#last.push(line)
    this.#kept = this.#next
  }
}

/** The line text[from, end] without the CR of a CRLF. */
export function lineAt(text: string, from: number, end: number): string {
  return text.slice(from, end > from && text.charCodeAt(end - 1) === CR ? end - 1 : end)
}
