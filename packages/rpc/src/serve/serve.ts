import { checkOptions, type OptionTable } from '@simple-ipc/worker'

import type { Contract, ContractSpec } from '../contract/contract-spec.js'
import type { ChildHandlers, RemoteHost } from '../contract/contract-types.js'
import { hostClosed } from '../errors/local-errors.js'
import type { RpcError } from '../errors/rpc-error.js'
import type { PeerEvents } from '../peer/peer-events.js'
import { peerOptionTable, peerSettings, type PeerOptions } from '../peer/peer-options.js'
import { Peer } from '../peer/peer.js'
import { RemotePeer } from '../peer/remote-peer.js'
import { drainingText } from '../protocol/message.js'
import { framingOption, framings, type Framing } from '../transport/framings.js'
import type { StreamReader } from '../transport/stream-reader.js'
import type { StreamWriter } from '../transport/stream-writer.js'
import { ownStdio } from './own-stdio.js'

export interface ServeOptions extends PeerOptions {
  /** How messages are delimited. Default: `lines`. */
  framing?: Framing | undefined
}

export const serveOptionTable = {
  framing: framingOption,
  ...peerOptionTable,
} satisfies OptionTable<ServeOptions>

/** How often a child whose input has ended checks whether its output still has a reader, in milliseconds. */
const lookEvery = 250
/** How long handlers may run after they were cancelled because the output was closed, in milliseconds. */
const lastGrace = 250

class ServedChild extends RemotePeer implements PeerEvents {
  protected readonly peer: Peer
  readonly #writer: StreamWriter
  readonly #reader: StreamReader
  #inputEnded = false
  #outputBroken = false
  readonly #takesPlain: boolean

  constructor(contract: Contract, handlers: object, options: ServeOptions) {
    super()
    const { framing = 'lines', ...peerOptions } = checkOptions<ServeOptions>(serveOptionTable, options, {
      name: 'serve()',
    })
    const settings = peerSettings(contract, 'child', handlers, peerOptions)
    this.#takesPlain = options.onLine !== undefined
    const { stdin, stdout } = ownStdio(contract.name)
    const limit = { maxMessageBytes: settings.maxMessageBytes }
    const { Reader, Writer } = framings[framing]
    this.#writer = new Writer(stdout)
    const reader = new Reader(stdin, limit)
    this.#reader = reader
    this.peer = new Peer(settings, this, this, hostClosed)
    this.#writer.onClose(() => this.#outputClosed())
    const receiver = this.peer.receiver()
    // Messages may still be held back behind the compiler: the end comes after those.
    reader.onClose(() => receiver.after(() => this.#inputClosed()))
    void this.peer.connect(this.#writer)
    reader.receive(receiver)
    // A handler may end this program: what was answered and sent before is written first.
    process.once('exit', () => stdout.finish(this.#writer.takeRest()))
  }

  busy(): void {
    // Open input keeps the event loop alive.
  }

  listening(): void {
    // The same.
  }

  plain(line: string): void {
    if (!this.#takesPlain) process.stderr.write(`${line}\n`)
  }

  skipped(_head: Buffer, bytes: number): void {
    process.stderr.write(`simple-ipc: a line of ${bytes} bytes was skipped\n`)
  }

  mismatch(error: (method: string) => RpcError): void {
    console.error(error('rpc.contract').message)
    process.exit(1)
  }

  report(): undefined {
    // Nothing is known of the other side but what it sends.
  }

  lastError(): undefined {
    // The same.
  }

  startTimedOut(): void {
    // A child starts no program.
  }

  /** The host has to wait when the pipe is full: until it reads, nothing more of what it asks is read here. */
  unread(isFull: boolean): boolean {
    if (isFull) this.#reader.pause()
    else this.#reader.resume()
    return isFull
  }

  flooded(): void {
    // It is kept from asking.
  }

  idle(): void {
    if (this.#inputEnded) void this.#finish()
  }

  /** The host sends and answers nothing more: its requests are still answered. */
  #inputClosed(): void {
    this.#inputEnded = true
    this.peer.inputEnded(hostClosed)
    if (this.#outputBroken) return
    if (!this.peer.isAnswering) void this.#finish()
    else
      setInterval(() => {
        // Written only to find out whether the output still has a reader: if not, it breaks.
        this.#writer.send(drainingText)
      }, lookEvery)
  }

  /** The host reads nothing more: there is no reason left to run. */
  #outputClosed(): void {
    if (this.#outputBroken) return
    this.#outputBroken = true
    if (!this.peer.isAnswering) process.exit(1)
    this.peer.outputEnded(hostClosed)
    setTimeout(() => process.exit(1), lastGrace)
  }

  async #finish(): Promise<void> {
    // What is written in this turn, after the answer, comes first.
    await new Promise(resolve => setImmediate(resolve))
    await this.#writer.drained()
    process.exit(this.#outputBroken ? 1 : undefined)
  }
}

/**
 * Makes this program a child that implements the contract: messages come through stdin and go through stdout, which
 * belong to the protocol from now on (`console.log` writes to stderr). The program ends when its input has ended and
 * every request is answered. Returns the host, to be called and notified.
 */
export function serve<S extends ContractSpec>(
  contract: Contract<S>,
  handlers: NoInfer<ChildHandlers<S>>,
  options: ServeOptions = {},
): RemoteHost<S> {
  return new ServedChild(contract, handlers, options) as unknown as RemoteHost<S>
}
