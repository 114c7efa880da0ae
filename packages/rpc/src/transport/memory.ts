import type { Disposable, Message } from 'vscode-jsonrpc'

import { toJson } from '../json/to-json.js'
import { ReaderEvents } from './reader-events.js'
import { messagesOnly, type Receiver, type TextReader, type TextWriter, type Transport } from './transport.js'
import { WriterEvents } from './writer-events.js'

/** Two ends of a channel within this process: what one writes the other reads, in order, never in the same turn. */
export function memoryTransports(): [Transport, Transport] {
  const forth = new MemoryPipe()
  const back = new MemoryPipe()
  return [
    { reader: back, writer: forth.writer },
    { reader: forth, writer: back.writer },
  ]
}

/** One direction. Messages are text on the way, so that both sides see what a real channel would show them. */
class MemoryPipe extends ReaderEvents implements TextReader {
  readonly writer: TextWriter
  private receiver: Receiver | undefined
  private queue: string[] = []
  private scheduled = false
  private ended = false
  private closed = false

  constructor() {
    super()
    this.writer = new MemoryWriter(this)
  }

  get waiting(): number {
    return this.queue.length
  }

  listen(callback: (message: Message) => void): Disposable {
    return this.receive(messagesOnly(callback, () => undefined))
  }

  receive(receiver: Receiver): Disposable {
    this.receiver = receiver
    this.schedule()
    return { dispose: () => (this.receiver = undefined) }
  }

  /** A line, as the other end would write it. */
  push(line: string): void {
    if (this.ended) return
    this.queue.push(line)
    this.schedule()
  }

  end(): void {
    this.ended = true
    this.schedule()
  }

  override dispose(): void {
    this.receiver = undefined
    super.dispose()
  }

  private schedule(): void {
    if (this.scheduled) return
    this.scheduled = true
    setImmediate(deliver, this)
  }

  deliver(): void {
    this.scheduled = false
    const lines = this.queue
    if (this.receiver === undefined) return
    this.queue = []
    for (const line of lines) this.receiver.line(line)
    if (!this.ended || this.closed || this.queue.length > 0) return
    this.closed = true
    this.closes.fire(undefined)
  }
}

const deliver = (pipe: MemoryPipe): void => pipe.deliver()

class MemoryWriter extends WriterEvents implements TextWriter {
  private readonly pipe: MemoryPipe

  constructor(pipe: MemoryPipe) {
    super()
    this.pipe = pipe
  }

  get bufferedAmount(): number {
    return this.pipe.waiting
  }

  drained(): Promise<void> {
    return new Promise(resolve => setImmediate(resolve))
  }

  send(json: string): void {
    this.pipe.push(json)
  }

  write(message: Message): Promise<void> {
    this.pipe.push(toJson(message))
    return Promise.resolve()
  }

  end(): void {
    this.pipe.end()
  }

  override dispose(): void {
    this.pipe.end()
    super.dispose()
  }
}
