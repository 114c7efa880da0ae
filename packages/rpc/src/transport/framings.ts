import type { Framing } from '../client-options.js'
import type { Frame } from './frame.js'
import { headersDecoder } from './headers-decoder.js'
import { headerFrame } from './headers.js'
import { lineFrame, linesDecoder } from './lines.js'
import type { Decoder } from './stream-reader.js'
import type { Receiver } from './transport.js'

interface Ways {
  frame: Frame
  decoder: (receiver: Receiver, maxMessageBytes?: number) => Decoder
}

/** How messages are written and found again, each way of telling them apart. */
export const framings: Readonly<Record<Framing, Ways>> = {
  lines: { frame: lineFrame, decoder: linesDecoder },
  headers: { frame: headerFrame, decoder: headersDecoder },
}
