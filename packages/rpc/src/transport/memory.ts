import type { Disposable, Event, Message, PartialMessageInfo } from 'vscode-jsonrpc'

import { toJson } from '../message.js'
import { Signal } from './signal.js'
import { messagesOnly, type Receiver, type TextReader, type TextWriter, type Transport } from './transport.js'

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
class MemoryPipe implements TextReader {
  readonly writer: TextWriter
  private receiver: Receiver | undefined
  private queue: string[] = []
  private scheduled = false
  private ended = false
  private closed = false
  private readonly errors = new Signal<Error>()
  private readonly closes = new Signal<undefined>()
  private readonly partials = new Signal<PartialMessageInfo>()

  constructor() {
    this.writer = new MemoryWriter(this)
  }

  get onError(): Event<Error> {
    return this.errors.event
  }

  get onClose(): Event<void> {
    return this.closes.event as Event<void>
  }

  get onPartialMessage(): Event<PartialMessageInfo> {
    return this.partials.event
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

  dispose(): void {
    this.receiver = undefined
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

class MemoryWriter implements TextWriter {
  private readonly pipe: MemoryPipe
  private readonly errors = new Signal<[Error, Message | undefined, number | undefined]>()
  private readonly closes = new Signal<undefined>()

  constructor(pipe: MemoryPipe) {
    this.pipe = pipe
  }

  get onError(): Event<[Error, Message | undefined, number | undefined]> {
    return this.errors.event
  }

  get onClose(): Event<void> {
    return this.closes.event as Event<void>
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

  dispose(): void {
    this.pipe.end()
  }
}
