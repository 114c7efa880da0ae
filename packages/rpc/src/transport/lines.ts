import { LineSplitter } from '@simple-ipc/worker'

import type { Frame } from './frame.js'
import { StreamReader, type Decoder } from './stream-reader.js'
import { StreamWriter, type Output } from './stream-writer.js'
import type { Receiver } from './transport.js'

export interface LinesOptions {
  /** The longest message that is kept, in bytes. Default: 64 MiB. */
  maxMessageBytes?: number | undefined
  /** Called with each line that is not a message, when the reader is used by vscode-jsonrpc's connection. */
  onPlainLine?: ((line: string) => void) | undefined
}

/** An unfinished line beyond this, in bytes, is not looked at. */
const longestPartial = 64 * 1024

/** One message is one line. */
export const linesDecoder = (receiver: Receiver, maxMessageBytes?: number): Decoder => {
  const splitter = new LineSplitter(receiver, {
    remember: false,
    ...(maxMessageBytes === undefined ? {} : { maxLineBytes: maxMessageBytes }),
  })
  return {
    push: chunk => splitter.push(chunk),
    end: () => {
      receiver.ending?.()
      splitter.end()
    },
    partial: () => (splitter.partialBytes > longestPartial ? '' : splitter.partial),
  }
}

export const lineFrame: Frame = { before: () => '', after: '\n' }

/** Reads messages from a stream, one per line. */
export class LinesMessageReader extends StreamReader {
  constructor(stream: NodeJS.ReadableStream, options: LinesOptions = {}) {
    super(stream, receiver => linesDecoder(receiver, options.maxMessageBytes), options.onPlainLine)
  }
}

/** Writes messages to a stream, one per line. */
export class LinesMessageWriter extends StreamWriter {
  constructor(stream: Output) {
    super(stream, lineFrame)
  }
}
