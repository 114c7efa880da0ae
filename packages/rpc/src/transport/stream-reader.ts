import type { Disposable, Event, Message, PartialMessageInfo } from 'vscode-jsonrpc'

import { Signal } from './signal.js'
import { messagesOnly, type Receiver, type TextReader } from './transport.js'

/** Bytes in; what they mean goes to a Receiver. */
export interface Decoder {
  push(chunk: Uint8Array): void
  end(): void
}

/** Reads a stream through a decoder. The stream is not ours: it is never closed or paused here. */
export class StreamReader implements TextReader {
  private readonly stream: NodeJS.ReadableStream
  private readonly makeDecoder: (receiver: Receiver) => Decoder
  private readonly onPlainLine: (line: string) => void
  private readonly errors = new Signal<Error>()
  private readonly closes = new Signal<undefined>()
  private readonly partials = new Signal<PartialMessageInfo>()
  private stopListening: (() => void) | undefined

  /** @param onPlainLine gets what is no message when the reader is used through `listen` */
  constructor(
    stream: NodeJS.ReadableStream,
    makeDecoder: (receiver: Receiver) => Decoder,
    onPlainLine: (line: string) => void = () => undefined,
  ) {
    this.stream = stream
    this.makeDecoder = makeDecoder
    this.onPlainLine = onPlainLine
  }

  get onError(): Event<Error> {
    return this.errors.event
  }

  /** The input is over, for whatever reason. Fired once, after everything that arrived was handed over. */
  get onClose(): Event<void> {
    return this.closes.event as Event<void>
  }

  get onPartialMessage(): Event<PartialMessageInfo> {
    return this.partials.event
  }

  listen(callback: (message: Message) => void): Disposable {
    return this.receive(messagesOnly(callback, this.onPlainLine))
  }

  receive(receiver: Receiver): Disposable {
    const decoder = this.makeDecoder(receiver)
    let over = false
    const push = (chunk: Uint8Array | string): void => {
      decoder.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk)
    }
    const end = (): void => {
      if (over) return
      over = true
      decoder.end()
      this.closes.fire(undefined)
    }
    const fail = (error: Error): void => {
      this.errors.fire(error)
      end()
    }
    this.stream.on('data', push).on('end', end).on('close', end).on('error', fail)
    this.stopListening = () => this.stream.off('data', push).off('end', end).off('close', end)
    return { dispose: this.stopListening }
  }

  dispose(): void {
    this.stopListening?.()
    this.errors.dispose()
    this.closes.dispose()
    this.partials.dispose()
  }
}
