import { opensObjectOrList } from '../json/white-space.js'
import type { MessageReceiver } from './message-parser.js'

/** Checked without the compiler, a message of this length takes a millisecond or two. */
const shortText = 16 * 1024

/**
 * Stands in front of a receiver until the compiler of checks is loaded. Without the compiler values are checked too, a
 * hundred times slower: short messages go through, so that a program answers its first call before it loads what pays off
 * with many; a long one waits for the compiler, and everything that arrives after it waits with it.
 */
export class HoldingReceiver implements MessageReceiver {
  private readonly next: MessageReceiver
  private readonly load: () => Promise<void>
  private isReady = false
  private isAskedFor = false
  /** What waits, in its order; undefined while nothing does. */
  private held: (() => void)[] | undefined = undefined

  /** @param load loads the compiler */
  constructor(next: MessageReceiver, load: () => Promise<void>) {
    this.next = next
    this.load = load
  }

  line(text: string): void {
    if (this.isReady) this.next.line(text)
    else this.text(text, () => this.next.line(text))
  }

  body(text: string): void {
    if (this.isReady) this.next.body(text)
    else this.text(text, () => this.next.body(text))
  }

  plain(text: string): void {
    this.after(() => this.next.plain(text))
  }

  skipped(head: Buffer, bytes: number): void {
    this.after(() => this.next.skipped(head, bytes))
  }

  wrong(why: string): void {
    this.after(() => this.next.wrong(why))
  }

  ending(): void {
    this.after(() => this.next.ending())
  }

  /** Its length is unknown. */
  value(value: unknown): void {
    if (this.isReady) this.next.value(value)
    else this.hold(() => this.next.value(value))
  }

  after(go: () => void): void {
    if (this.held === undefined) go()
    else this.held.push(go)
  }

  private text(text: string, go: () => void): void {
    if (text.length > shortText) this.hold(go)
    else {
      this.after(go)
      if (opensObjectOrList(text)) this.loadSoon()
    }
  }

  private hold(go: () => void): void {
    if (this.held !== undefined) this.held.push(go)
    else {
      this.held = [go]
      this.loadNow()
    }
  }

  /** Loads the compiler at the end of this turn of the event loop. */
  private loadSoon(): void {
    if (this.isAskedFor) return
    this.isAskedFor = true
    setImmediate(loadNow, this)
  }

  loadNow(): void {
    void this.load().then(() => this.release())
  }

  private release(): void {
    this.isReady = true
    const { held } = this
    this.held = undefined
    if (held !== undefined) for (const go of held) go()
  }
}

const loadNow = (receiver: HoldingReceiver): void => receiver.loadNow()
