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
  private queued = 0
  private drains: (() => void)[] = []
  private scheduled = false
  private ended = false
  private closed = false
  private disposed = false

  constructor() {
    super()
    this.writer = new MemoryWriter(this)
  }

  /** How much text was not read yet. */
  get waiting(): number {
    return this.queued
  }

  drained(): Promise<void> {
    if (this.queued === 0) return Promise.resolve()
    return new Promise(resolve => this.drains.push(resolve))
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
    if (this.ended || this.disposed) return
    this.queue.push(line)
    this.queued += line.length
    this.schedule()
  }

  end(): void {
    this.ended = true
    this.schedule()
  }

  override dispose(): void {
    this.receiver = undefined
    this.disposed = true
    this.take()
    super.dispose()
  }

  private schedule(): void {
    if (this.scheduled) return
    this.scheduled = true
    setImmediate(deliver, this)
  }

  deliver(): void {
    this.scheduled = false
    const { receiver } = this
    if (receiver === undefined) return
    for (const line of this.take()) {
      // One of them may have ended the connection.
      if (this.receiver !== receiver) return
      receiver.line(line)
    }
    if (!this.ended || this.closed || this.queue.length > 0) return
    this.closed = true
    this.closes.fire(undefined)
  }

  private take(): string[] {
    const lines = this.queue
    this.queue = []
    this.queued = 0
    for (const resolve of this.drains.splice(0)) resolve()
    return lines
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
    return this.pipe.drained()
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
