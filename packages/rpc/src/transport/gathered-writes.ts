import { longText } from '../json/text-size.js'
import type { Frame } from './frame.js'

/**
 * This much text is written before the end of the turn; then twice as much, and so on up to the most. The reader can
 * begin while the rest is still being made: with 64 calls in flight that is a quarter of their time.
 */
const firstWrite = 1024
const largestWrite = 64 * 1024

/** The messages of one turn of the event loop, framed and gathered into few writes. */
export class GatheredWrites {
  private readonly frame: Frame
  private readonly write: (text: string, atOnce: boolean) => void
  private readonly later: (end: () => void) => void
  private text = ''
  private scheduled = false
  private writeAt = firstWrite

  /**
   * @param write gets the text of whole messages, or a long one's in parts; `atOnce` if the turn continues after it
   * @param later calls its argument at the end of the turn
   */
  constructor(
    frame: Frame,
    write: (text: string, atOnce: boolean) => void,
    later: (end: () => void) => void,
  ) {
    this.frame = frame
    this.write = write
    this.later = later
  }

  /** How much text is waiting. */
  get length(): number {
    return this.text.length
  }

  send(json: string): void {
    this.take(json, this.writeAt)
  }

  /** The same for one of many, none of which is waited for more than the rest: nothing is gained by small writes. */
  sendItems(json: string): void {
    this.take(json, largestWrite)
  }

  /** Takes one message in parts, of which long ones are not copied. */
  sendParts(parts: readonly string[]): void {
    const [first = '', ...more] = parts
    this.text += this.frame.before(first, ...more)
    for (const part of parts) {
      // Joining it with others would copy it.
      if (part.length < longText) this.text += part
      else {
        this.flush()
        this.write(part, false)
      }
    }
    this.text += this.frame.after
    this.flush()
  }

  flush(): void {
    this.writeAll(false)
  }

  /** Discards what is waiting. */
  clear(): void {
    this.text = ''
  }

  private take(json: string, writeAt: number): void {
    if (json.length >= longText) {
      this.sendParts([json])
      return
    }
    if (!this.scheduled) {
      this.scheduled = true
      this.later(this.endTurn)
    }
    const { before, after } = this.frame
    this.text += before(json) + json + after
    if (this.text.length < writeAt) return
    if (this.writeAt < largestWrite) this.writeAt *= 2
    this.writeAll(true)
  }

  private writeAll(atOnce: boolean): void {
    const { text } = this
    this.text = ''
    if (text !== '') this.write(text, atOnce)
  }

  private readonly endTurn = (): void => {
    this.scheduled = false
    this.writeAt = firstWrite
    this.flush()
  }
}
