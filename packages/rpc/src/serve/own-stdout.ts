import { Fifo } from '@simple-ipc/worker'

import type { Output } from '../transport/stream-writer.js'
import { writeLastWords } from './write-last-words.js'

/** This program's stdout, for the protocol alone. */
export interface OwnStdout extends Output {
  /**
   * For the end of this program: writes, before it returns, what the pipe has not taken yet, then `rest`. Nothing may be
   * written afterwards.
   */
  finish(rest: Uint8Array): void
}

/** A stream of Node's over a descriptor, which a file has not. */
interface OverHandle {
  /** All that was written to it. */
  readonly bytesWritten?: number
  /** How much of that it has got, and how much of that the system has not taken. */
  readonly _handle?: { readonly bytesWritten: number; readonly writeQueueSize: number } | null
}

/**
 * Takes this program's stdout for the protocol: what else is written to `process.stdout` from now on, by `console.log`
 * first of all, goes to stderr. (A native write to descriptor 1 is not caught; the host sees it as a plain line.)
 */
export function ownStdout(): OwnStdout {
  const { stdout, stderr } = process
  const write = stdout.write.bind(stdout)
  const end = stdout.end.bind(stdout)
  stdout.write = stderr.write.bind(stderr)
  // Ending stdout, as a pipe into it does, concerns only what was written to it.
  stdout.end = (...args: unknown[]) => {
    const text = args.find(arg => typeof arg === 'string' || arg instanceof Uint8Array)
    const done = args.find(arg => typeof arg === 'function') as (() => void) | undefined
    if (text !== undefined) stderr.write(text)
    if (done !== undefined) process.nextTick(done)
    return stdout
  }
  /** What is on its way, for the pipe may have taken a part of it. */
  const onItsWay = new Fifo<readonly [data: string | Uint8Array, encoding: BufferEncoding]>()
  return {
    write: (data, encoding, done) => {
      onItsWay.push([data, encoding])
      return write(data, encoding, error => {
        onItsWay.shift()
        done(error)
      })
    },
    end: () => end(),
    finish: rest => {
      const sent = Buffer.concat(
        Array.from(onItsWay, ([data, encoding]) =>
          typeof data === 'string' ? Buffer.from(data, encoding) : data,
        ),
      )
      const from = Math.max(0, sent.length - unwritten(stdout))
      writeLastWords(1, Buffer.concat([sent.subarray(from), rest]))
    },
    keepsNoBytes: true,
    on: (event: 'error' | 'close', listener: (error: Error) => void) => stdout.on(event, listener),
  }
}

/** How many bytes the system has not taken. */
function unwritten({ bytesWritten = 0, _handle: handle }: OverHandle): number {
  return handle === undefined || handle === null
    ? 0
    : bytesWritten - handle.bytesWritten + handle.writeQueueSize
}
