/* eslint-disable @typescript-eslint/require-await -- a producer need not wait for anything */
import { PassThrough } from 'node:stream'
import { connect, type ConnectionLife, type RemoteChild, type RemoteHost } from '@simple-ipc/rpc'
import type { PeerOptions } from '@simple-ipc/rpc'
import { calculator } from './fixtures/calculator-contract.mjs'

type Calculator = (typeof calculator)['spec']
export type Message = {
  id?: unknown
  method?: string
  params?: never
  result?: unknown
  error?: { code: number; message: string; data?: never }
}

/** The far end of a connection, spoken by hand: text goes in as it is, and what comes out is parsed. */
export class RawEnd {
  readonly input = new PassThrough()
  readonly output = new PassThrough()
  readonly seen: unknown[] = []
  readonly plain: string[] = []
  readonly protocolErrors: string[] = []
  #waiting: (() => void)[] = []
  #read = 0

  constructor() {
    let rest = ''
    this.output.setEncoding('utf8').on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) this.seen.push(JSON.parse(line))
      for (const go of this.#waiting.splice(0)) go()
    })
  }

  /** Writes one line for each argument; what is not a string is written as JSON. */
  say(...lines: unknown[]): void {
    for (const line of lines) this.input.write(`${typeof line === 'string' ? line : JSON.stringify(line)}\n`)
  }

  /** The next message that comes out. */
  async next(): Promise<Message> {
    while (this.seen.length <= this.#read) await new Promise<void>(resolve => this.#waiting.push(resolve))
    return this.seen[this.#read++] as Message
  }

  /** The next answer, if that is what comes next, to everything said so far: a ping is answered at once and in order. */
  async untilQuiet(): Promise<unknown[]> {
    const from = this.#read
    this.say({ jsonrpc: '2.0', id: 'quiet', method: 'rpc.ping' })
    for (;;) if ((await this.next()).id === 'quiet') return this.seen.slice(from, this.#read - 1)
  }
}

const nothing = () => undefined

/** A host under test; the test is its child. */
export function rawHost(options: PeerOptions = {}): {
  client: RemoteChild<Calculator> & ConnectionLife
  child: RawEnd
} {
  const child = new RawEnd()
  const client = connect(calculator, child.input, child.output, {
    side: 'host',
    handlers: {
      confirm: ({ question }) => question !== 'no',
      nest: ({ depth }, { peer }) => (depth === 0 ? 0 : peer.call('nest', { depth: depth - 1 })),
    },
    verify: false,
    onLine: line => child.plain.push(line),
    onProtocolError: message => child.protocolErrors.push(message),
    ...options,
  })
  return { client, child }
}

/** A child under test; the test is its host. */
export function rawChild(options: PeerOptions = {}): {
  server: RemoteHost<Calculator> & ConnectionLife
  host: RawEnd
} {
  const host = new RawEnd()
  const server = connect(calculator, host.input, host.output, {
    side: 'child',
    handlers: {
      add: ({ a, b }) => a + b,
      divide: ({ a, b }, { error }) => {
        if (b === 0) throw error('DividedByZero', { a })
        return a / b
      },
      echo: ({ value }) => value,
      async *count({ to, pad }) {
        for (let n = 0; n < to; n++) yield pad === undefined ? { n } : { n, pad: 'x'.repeat(pad) }
        return to
      },
      hang: (_, { signal }) =>
        new Promise<void>(resolve => signal.addEventListener('abort', () => resolve())),
      ask: ({ question }, { peer }) => peer.call('confirm', { question }),
      nest: ({ depth }) => depth,
      die: nothing,
      print: nothing,
      wrong: () => 'no integer' as never,
      told: () => [],
    },
    onProtocolError: message => host.protocolErrors.push(message),
    ...options,
  })
  return { server, host }
}
