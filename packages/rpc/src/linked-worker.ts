import { Worker, type Command, type WorkerOptions } from '@simple-ipc/worker'

import type { Link } from './link.js'
import { aloneFrom, firstWrite, largestWrite, type Frame } from './transport/frame.js'

/** A worker over which messages go, too. They are gathered as text; what the user sends himself keeps its place. */
export class LinkedWorker extends Worker {
  readonly link: Link
  readonly #frame: Frame
  #gathered = ''
  #scheduled = false
  #flushAt = firstWrite

  constructor(command: Command, frame: Frame, options: WorkerOptions) {
    super(command, options)
    this.#frame = frame
    this.link = {
      send: json => this.#send(json),
      sendParts: parts => this.#sendParts(parts),
      drained: () => {
        this.#flush()
        return this.drained()
      },
      bufferedAmount: 0,
    }
    Object.defineProperty(this.link, 'bufferedAmount', { get: () => this.bufferedAmount })
  }

  override get bufferedAmount(): number {
    return this.#gathered.length + super.bufferedAmount
  }

  override send(data: unknown): boolean {
    this.#flush()
    return super.send(data)
  }

  override write(data: string | Uint8Array): boolean {
    this.#flush()
    return super.write(data)
  }

  override stop(...grace: Parameters<Worker['stop']>): ReturnType<Worker['stop']> {
    this.#flush()
    return super.stop(...grace)
  }

  #send(json: string): void {
    if (!this.#scheduled) {
      this.#scheduled = true
      process.nextTick(this.#endTurn)
    }
    const { before, after } = this.#frame
    if (json.length < aloneFrom) this.#gathered += before(json) + json + after
    else {
      this.#sendParts([json])
      return
    }
    if (this.#gathered.length < this.#flushAt) return
    if (this.#flushAt < largestWrite) this.#flushAt *= 2
    this.#flush()
    this.flush()
  }

  #sendParts(parts: readonly string[]): void {
    const [first = '', ...more] = parts
    this.#gathered += this.#frame.before(first, ...more)
    for (const part of parts) {
      if (part.length < aloneFrom) this.#gathered += part
      else {
        this.#flush()
        super.write(part)
      }
    }
    this.#gathered += this.#frame.after
    this.#flush()
  }

  readonly #endTurn = (): void => {
    this.#scheduled = false
    this.#flushAt = firstWrite
    this.#flush()
  }

  readonly #flush = (): void => {
    const text = this.#gathered
    if (text === '') return
    this.#gathered = ''
    super.write(text)
  }
}
