import type { Disposable, Message } from 'vscode-jsonrpc'

import { ReaderEvents } from './reader-events.js'
import { messagesOnly, type Receiver, type TextReader } from './transport.js'

/** Takes bytes; what they mean goes to a Receiver. */
export interface Decoder {
  push(chunk: Uint8Array): void
  end(): void
  /** The text of the line whose end has not arrived, if it is short. */
  partial?(): string
}

/** Reads a stream through a decoder. The stream is the user's: it is never closed here. */
export class StreamReader extends ReaderEvents implements TextReader {
  private readonly stream: NodeJS.ReadableStream
  private readonly makeDecoder: (receiver: Receiver) => Decoder
  private readonly onPlainLine: (line: string) => void
  private stopListening: (() => void) | undefined

  /** @param onPlainLine called with what is not a message when the reader is used through `listen` */
  constructor(
    stream: NodeJS.ReadableStream,
    makeDecoder: (receiver: Receiver) => Decoder,
    onPlainLine: (line: string) => void = () => undefined,
  ) {
    super()
    this.stream = stream
    this.makeDecoder = makeDecoder
    this.onPlainLine = onPlainLine
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

  /** Reads no more for now: whoever writes has to wait when the pipe between is full. */
  pause(): void {
    this.stream.pause()
  }

  resume(): void {
    this.stream.resume()
  }

  override dispose(): void {
    this.stopListening?.()
    super.dispose()
  }
}
