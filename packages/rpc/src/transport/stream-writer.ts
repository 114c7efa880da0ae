import { PieceWriter, type PieceOutput } from '@simple-ipc/worker'
import type { Message } from 'vscode-jsonrpc'

import { toJson } from '../json/to-json.js'
import type { Frame } from './frame.js'
import { GatheredWrites } from './gathered-writes.js'
import type { TextWriter } from './transport.js'
import { WriterEvents } from './writer-events.js'

/** What this writer needs from a stream. */
export interface Output extends PieceOutput {
  on(event: 'error', listener: (error: Error) => void): unknown
  on(event: 'close', listener: () => void): unknown
}

/** Writes framed messages to a stream: those of one turn of the event loop in few writes. */
export class StreamWriter extends WriterEvents implements TextWriter {
  private readonly pieces: PieceWriter
  private readonly gathered: GatheredWrites
  private inFlight = 0
  private broken = false
  private failures = 0
  private waiting: (() => void)[] = []

  constructor(stream: Output, frame: Frame) {
    super()
    this.pieces = new PieceWriter(stream)
    this.gathered = new GatheredWrites(frame, text => this.put(text), setImmediate)
    stream.on('error', error => {
      this.errors.fire([error, undefined, ++this.failures])
      this.close()
    })
    stream.on('close', () => this.close())
  }

  get bufferedAmount(): number {
    return this.gathered.length + this.inFlight
  }

  send(json: string): void {
    if (!this.broken) this.gathered.send(json)
  }

  sendItems(json: string): void {
    if (!this.broken) this.gathered.sendItems(json)
  }

  sendParts(parts: readonly string[]): void {
    if (!this.broken) this.gathered.sendParts(parts)
  }

  write(message: Message): Promise<void> {
    if (this.broken) return Promise.reject(new Error('The stream is closed'))
    this.send(toJson(message))
    return Promise.resolve()
  }

  flush(): void {
    this.gathered.flush()
  }

  private put(text: string): void {
    if (this.broken) return
    const bytes = Buffer.byteLength(text)
    this.inFlight += bytes
    this.pieces.write(text, bytes, () => {
      this.inFlight -= bytes
      if (this.bufferedAmount === 0) this.wake()
    })
  }

  drained(): Promise<void> {
    if (this.broken || this.bufferedAmount === 0) return Promise.resolve()
    this.flush()
    return new Promise(resolve => this.waiting.push(resolve))
  }

  end(): void {
    this.flush()
    this.pieces.end()
  }

  /** Takes out what the stream has not been given yet. */
  takeRest(): Uint8Array {
    this.flush()
    return this.pieces.takeRest()
  }

  override dispose(): void {
    this.flush()
    super.dispose()
  }

  private close(): void {
    if (this.broken) return
    this.broken = true
    this.gathered.clear()
    this.pieces.clear()
    this.closes.fire(undefined)
    this.wake()
  }

  private wake(): void {
    const waiting = this.waiting
    this.waiting = []
    for (const resolve of waiting) resolve()
  }
}
