import { Transform } from 'node:stream'

import { LinesMessageReader, LinesMessageWriter } from './lines.js'
import type { Transport } from './transport.js'

/** What happens to the lines of one direction on their way. */
export interface Faults {
  /** Drop this line? */
  drop?: ((line: string, index: number) => boolean) | undefined
  /** Delay this line and everything after it by this many milliseconds. */
  delay?: ((line: string, index: number) => number) | undefined
  /** Deliver bytes in pieces of this size. */
  split?: number | undefined
  /** Replace this line with other text; it may have line breaks, and need not be JSON. */
  corrupt?: ((line: string, index: number) => string) | undefined
}

/**
 * Two ends of a faulty channel: for tests of how your code handles lost, late, cut and damaged messages.
 * Pass it to `createPair` as `transports`. `toChild` is what the host sends.
 */
export function faultyTransports(faults: {
  toChild?: Faults
  toHost?: Faults
}): [host: Transport, child: Transport] {
  const forth = new FaultyPipe(faults.toChild ?? {})
  const back = new FaultyPipe(faults.toHost ?? {})
  return [
    { reader: new LinesMessageReader(back), writer: new LinesMessageWriter(forth) },
    { reader: new LinesMessageReader(forth), writer: new LinesMessageWriter(back) },
  ]
}

class FaultyPipe extends Transform {
  readonly #faults: Faults
  #rest = ''
  #index = 0

  constructor(faults: Faults) {
    super({ decodeStrings: false })
    const { split } = faults
    if (split !== undefined && !(Number.isInteger(split) && split > 0))
      throw new RangeError(`split must be a whole number of bytes above 0; it is ${split}`)
    this.#faults = faults
  }

  override _transform(chunk: string | Buffer, _: BufferEncoding, done: (error?: Error) => void): void {
    const lines = (this.#rest + chunk.toString()).split('\n')
    this.#rest = lines.pop() ?? ''
    // What a function of the test throws ends the connection, and is its cause.
    void this.#pass(lines).then(() => done(), done)
  }

  async #pass(lines: string[]): Promise<void> {
    const { drop, delay, corrupt, split } = this.#faults
    for (const line of lines) {
      const index = this.#index++
      const ms = delay?.(line, index) ?? 0
      if (ms > 0) await new Promise(resolve => setTimeout(resolve, ms))
      if (drop?.(line, index) === true) continue
      const text = `${corrupt?.(line, index) ?? line}\n`
      if (split === undefined) this.push(text)
      else {
        const bytes = Buffer.from(text)
        for (let at = 0; at < bytes.length; at += split) await this.#piece(bytes.subarray(at, at + split))
      }
    }
  }

  /** A separate piece: two that are pushed in one turn could be read as one. */
  #piece(bytes: Buffer): Promise<void> {
    this.push(bytes)
    return new Promise(resolve => setImmediate(resolve))
  }
}
