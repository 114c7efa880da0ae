import type { Disposable, Message, MessageReader, MessageWriter } from 'vscode-jsonrpc'

/** A way for messages to travel: vscode-jsonrpc's own interfaces, so that any pair of theirs will do. */
export interface Transport {
  readonly reader: MessageReader
  readonly writer: MessageWriter
}

/** What a reader of text passes on, in the order of the bytes. */
export interface Receiver {
  /** One line: a message or anything else. */
  line(text: string): void
  /** The content of a frame, which claims to be a message. */
  body(text: string): void
  /** Text that is certainly not a message. */
  plain(text: string): void
  /** A message over the size limit: its first bytes (at most 1024) and its length. */
  skipped(head: Buffer, bytes: number): void
  /** The input is over: a line that follows was not terminated, and may have been cut off. */
  ending?(): void
  /** A frame that is wrong but was tolerated: a sentence. */
  wrong?(why: string): void
}

/** A reader that can pass on text: with it, lines that are not messages are not lost. */
export interface TextReader extends MessageReader {
  receive(receiver: Receiver): Disposable
}

/** A writer that takes a message as text, without a promise for each. */
export interface TextWriter extends MessageWriter {
  send(json: string): void
  /** Takes one of many messages, which more will follow soon. */
  sendItems?(json: string): void
  /** Takes one message whose JSON is in parts, one of them so long that it should not be copied. */
  sendParts?(parts: readonly string[]): void
  /** Roughly how many bytes were sent that the stream has not taken yet. */
  readonly bufferedAmount: number
  /** Resolves when the stream has taken everything, or has ended. */
  drained(): Promise<void>
}

export const isTextReader = (reader: MessageReader): reader is TextReader => 'receive' in reader

export const isTextWriter = (writer: MessageWriter): writer is TextWriter =>
  'send' in writer && 'bufferedAmount' in writer

/** Passes whole messages to a callback, as MessageReader promises, and everything else to `rest`. */
export function messagesOnly(callback: (message: Message) => void, rest: (text: string) => void): Receiver {
  const take = (text: string): void => {
    let message: unknown
    try {
      message = JSON.parse(text)
    } catch {
      rest(text)
      return
    }
    if (typeof message === 'object' && message !== null && 'jsonrpc' in message) callback(message as Message)
    else rest(text)
  }
  return { line: take, body: take, plain: rest, skipped: head => rest(head.toString()) }
}
