import type { Outbox } from './outbox.js'
import { itemsText, type Id } from './message.js'

/** This many values, or this much text of them, are sent at once; they never wait for company beyond a turn. */
const mostValues = 256
const mostText = 64 * 1024

/** The values that one stream has made in a turn of the event loop, and that leave in one message. */
export class ItemBatch {
  private readonly outbox: Outbox
  private readonly before: string
  private readonly after: string
  private text = ''
  private count = 0
  private length = 0

  constructor(outbox: Outbox, id: Id) {
    this.outbox = outbox
    const [before = '', after = ''] = itemsText(id, '\n').split('\n')
    this.before = before
    this.after = after
  }

  /** How many bytes a message has beside its values. */
  get envelope(): number {
    return Buffer.byteLength(this.before) + this.after.length
  }

  /** Takes the JSON of a value. */
  add(json: string): void {
    if (this.count > 0 && this.text.length + json.length > mostText) this.flush()
    this.outbox.gathered += json.length
    this.length += json.length
    if (this.count++ === 0) {
      this.text = json
      this.outbox.gather(this)
    } else this.text += `,${json}`
    if (this.count === mostValues || this.text.length >= mostText) this.flush()
  }

  flush(): void {
    if (this.count === 0) return
    const { text } = this
    this.text = ''
    this.count = 0
    this.outbox.gathered -= this.length
    this.length = 0
    this.outbox.sendItems(this.before + text + this.after)
  }
}
