import type { Outbox } from './outbox.js'
import { itemsText, type Id } from './message.js'

/** This many values, or this many bytes of them, are sent at once; they never wait for company beyond a turn. */
const mostValues = 256
const mostBytes = 64 * 1024

/** The values that one stream has made in a turn of the event loop, and that leave in one message. */
export class ItemBatch {
  /** How many bytes a message has beside its values. */
  readonly envelope: number
  private readonly outbox: Outbox
  private readonly before: string
  private readonly after: string
  /** For values and the commas between them. */
  private readonly room: number
  private text = ''
  private count = 0
  private bytes = 0

  constructor(outbox: Outbox, id: Id, maxMessageBytes: number) {
    this.outbox = outbox
    const [before = '', after = ''] = itemsText(id, '\n').split('\n')
    this.before = before
    this.after = after
    this.envelope = Buffer.byteLength(before) + after.length
    this.room = Math.min(mostBytes, maxMessageBytes - this.envelope)
  }

  /** Takes the JSON of a value, which has so many bytes or fewer. */
  add(json: string, bytes: number): void {
    if (this.count > 0 && this.bytes + 1 + bytes > this.room) this.flush()
    this.outbox.gathered += bytes + 1
    this.bytes += bytes + 1
    if (this.count++ === 0) {
      this.text = json
      this.outbox.gather(this)
    } else this.text += `,${json}`
    if (this.count === mostValues || this.bytes >= this.room) this.flush()
  }

  flush(): void {
    if (this.count === 0) return
    const { text } = this
    this.text = ''
    this.count = 0
    this.outbox.gathered -= this.bytes
    this.bytes = 0
    this.outbox.sendItems(this.before + text + this.after)
  }
}
