import { kinds, type Option } from '@simple-ipc/worker'

import type { Frame } from './frame.js'
import { headersDecoder } from './headers-decoder.js'
import { headerFrame, HeadersMessageReader, HeadersMessageWriter } from './headers.js'
import { lineFrame, linesDecoder, LinesMessageReader, LinesMessageWriter } from './lines.js'
import type { Decoder } from './stream-reader.js'
import type { Receiver } from './transport.js'

/** How messages are delimited: one per line, or each after a `Content-Length` header, as language servers do. */
export type Framing = 'lines' | 'headers'

interface FramingParts {
  frame: Frame
  decoder: (receiver: Receiver, maxMessageBytes?: number) => Decoder
  Reader: typeof LinesMessageReader | typeof HeadersMessageReader
  Writer: typeof LinesMessageWriter | typeof HeadersMessageWriter
}

export const framingOption = {
  kind: kinds.oneOf('lines', 'headers'),
  default: 'lines',
} satisfies Option<Framing>

/** How messages are written and found again, for each framing. */
export const framings: Readonly<Record<Framing, FramingParts>> = {
  lines: { frame: lineFrame, decoder: linesDecoder, Reader: LinesMessageReader, Writer: LinesMessageWriter },
  headers: {
    frame: headerFrame,
    decoder: headersDecoder,
    Reader: HeadersMessageReader,
    Writer: HeadersMessageWriter,
  },
}
