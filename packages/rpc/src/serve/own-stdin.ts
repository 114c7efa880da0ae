import { Socket } from 'node:net'
import type { Readable } from 'node:stream'

/** A stream of Node's over a descriptor: what it reads from can be taken out of it. */
interface OverHandle {
  _handle?: unknown
}

/**
 * Takes this program's stdin for the protocol: `process.stdin` brings nothing from now on and ends when the input does, and nothing
 * that is done with it (a `readline` interface that is closed, `setEncoding`, `pause`, `destroy`)
 * concerns the protocol. The stream object may be in other hands already, so the handle is taken out of it.
 */
export function ownStdin(): NodeJS.ReadableStream {
  const { stdin } = process
  const shell = stdin as OverHandle
  const handle = shell._handle
  // A file, or a runtime other than Node, whose stream is used as it is.
  if (!(stdin instanceof Socket) || typeof handle !== 'object' || handle === null) return stdin
  const early = takeBuffered(stdin)
  shell._handle = null
  // The option is what Node itself makes its sockets with.
  const own = new Socket({ handle, readable: true, writable: false, manualStart: true } as object)
  if (early !== undefined) own.unshift(early)
  own.on('close', () => {
    stdin.push(null)
    // Whoever waits for its end need not read.
    stdin.resume()
  })
  return own
}

/** What arrived before, if somebody began to read. */
function takeBuffered(stdin: Readable): Buffer | undefined {
  const chunk = stdin.readableLength > 0 ? (stdin.read() as Buffer | string | null) : null
  if (chunk === null) return undefined
  return typeof chunk === 'string' ? Buffer.from(chunk, stdin.readableEncoding ?? 'utf8') : chunk
}
