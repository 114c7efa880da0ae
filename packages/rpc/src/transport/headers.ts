import type { Frame } from './frame.js'
import { headersDecoder } from './headers-decoder.js'
import type { LinesOptions } from './lines.js'
import { StreamReader } from './stream-reader.js'
import { StreamWriter, type Output } from './stream-writer.js'

/** `Content-Length: N`, an empty line, N bytes: as language servers do. */
export const headerFrame: Frame = {
  before: (...parts) =>
    `Content-Length: ${parts.reduce((sum, part) => sum + Buffer.byteLength(part), 0)}\r\n\r\n`,
  after: '',
}

/** Reads messages from a stream, each after a header. It recovers after text that is not a message. */
export class HeadersMessageReader extends StreamReader {
  constructor(stream: NodeJS.ReadableStream, options: LinesOptions = {}) {
    super(stream, receiver => headersDecoder(receiver, options.maxMessageBytes), options.onPlainLine)
  }
}

/** Writes messages to a stream, each after a header. */
export class HeadersMessageWriter extends StreamWriter {
  constructor(stream: Output) {
    super(stream, headerFrame)
  }
}
