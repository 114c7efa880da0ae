import { checkOptions, kinds, type OptionTable } from '@simple-ipc/worker'
import type { MessageReader, MessageWriter } from 'vscode-jsonrpc'

import type { Contract, ContractSpec, Side } from '../contract/contract-spec.js'
import type { ChildHandlers, HostHandlers, RemoteChild, RemoteHost } from '../contract/contract-types.js'
import {
  connectionClosed,
  foundNotReading,
  notReading,
  startTimedOut,
  stopped,
} from '../errors/local-errors.js'
import { lineSkipped } from '../errors/protocol-errors.js'
import type { RpcError } from '../errors/rpc-error.js'
import type { PeerEvents } from '../peer/peer-events.js'
import { peerOptionTable, peerSettings, type PeerOptions } from '../peer/peer-options.js'
import { Peer } from '../peer/peer.js'
import { ping } from '../peer/ping.js'
import { RemotePeer } from '../peer/remote-peer.js'
import { framingOption, framings, type Framing } from '../transport/framings.js'
import { textOutput } from '../transport/text-output.js'
import { isTextReader } from '../transport/transport.js'

interface ConnectBasics extends PeerOptions {
  /** How messages are delimited in streams. Default: `lines`. */
  framing?: Framing | undefined
}

export interface ConnectAsHost<H> extends ConnectBasics {
  side: 'host'
  handlers: H
}

export interface ConnectAsChild<H> extends ConnectBasics {
  side: 'child'
  handlers: H
}

interface ConnectOptions extends ConnectBasics {
  /** Which side of the contract this one is. */
  side: Side
  /** What the other side may call, and what it may notify this one of. */
  handlers: object
}

export const connectOptionTable = {
  side: { kind: kinds.oneOf('host', 'child'), required: true },
  // Looked at where the contract is known.
  handlers: { kind: kinds.unchecked<object>(), required: true },
  framing: framingOption,
  ...peerOptionTable,
} satisfies OptionTable<ConnectOptions>

/** A connection's lifecycle methods. */
export interface ConnectionLife {
  /** Resolves when the connection is over. Never rejects. */
  readonly closed: Promise<void>
  /** Ends the connection: every call settles. The streams stay the user's; the one written to is ended. */
  close(): void
  /** Measures how long the other side's protocol loop takes to answer, in milliseconds. */
  ping(options?: { timeout?: number; signal?: AbortSignal }): Promise<number>
  [Symbol.dispose](): void
}

class Connection extends RemotePeer implements PeerEvents, ConnectionLife {
  readonly closed: Promise<void>
  protected readonly peer: Peer
  readonly #writer: MessageWriter
  readonly #reader: MessageReader
  #over = false
  #resolveClosed: () => void = () => undefined

  constructor(
    contract: Contract,
    reader: MessageReader,
    writer: MessageWriter,
    options: ConnectOptions,
    isOver: boolean,
  ) {
    super()
    const { side, handlers, ...peerOptions } = options
    this.#writer = writer
    this.#reader = reader
    this.closed = new Promise(resolve => (this.#resolveClosed = resolve))
    this.peer = new Peer(peerSettings(contract, side, handlers, peerOptions), this, this, connectionClosed)
    const receiver = this.peer.receiver()
    let cause: unknown
    reader.onError(error => (cause = error))
    writer.onError(([error]) => (cause = error))
    const end = (): void => this.#end(method => connectionClosed(method, cause))
    // Messages may still be held back behind the compiler: the end comes after those.
    reader.onClose(() => receiver.after(end))
    writer.onClose(end)
    if (isTextReader(reader)) reader.receive(receiver)
    else reader.listen(message => receiver.value(message))
    void this.peer.connect(textOutput(writer))
    if (isOver) process.nextTick(end)
  }

  close(): void {
    if (this.#over) return
    this.peer.retire(stopped, connectionClosed)
    this.#end(stopped)
    this.#writer.end()
  }

  ping(options: { timeout?: number; signal?: AbortSignal } = {}): Promise<number> {
    return ping(this.peer.calls, options)
  }

  [Symbol.dispose](): void {
    this.close()
  }

  busy(): void {
    // The streams are the user's, and so is what keeps the event loop alive.
  }

  listening(): void {
    // The same.
  }

  idle(): void {
    // A connection does not end for lack of calls.
  }

  plain(): void {
    // onLine gets it.
  }

  skipped(_head: Buffer, bytes: number): void {
    this.peer.protocolError(lineSkipped(bytes))
  }

  mismatch(error: (method: string) => RpcError): void {
    this.#end(error)
    this.#writer.end()
  }

  report(): undefined {
    // Nothing is known of the other side but what it sends.
  }

  lastError(): undefined {
    // The same.
  }

  startTimedOut(ms: number): void {
    this.#end(method => startTimedOut(method, ms))
    this.#writer.end()
  }

  unread(): boolean {
    // The streams are the user's: they are not paused.
    return false
  }

  flooded(bytes: number): void {
    if (this.#over) return
    const unread = { bytes, limit: this.peer.maxQueuedBytes }
    this.#end(method => notReading(method, unread))
    this.#writer.end()
    this.peer.threw(foundNotReading(unread))
  }

  #end(errorFor: (method: string) => RpcError): void {
    if (this.#over) return
    this.#over = true
    this.peer.disconnect({ error: errorFor })
    this.#reader.dispose()
    this.#resolveClosed()
  }
}

/**
 * Connects two sides of a contract over any two streams (a socket, ssh, `docker attach`), or over a reader and a writer
 * of messages such as vscode-jsonrpc's.
 */
export function connect<S extends ContractSpec>(
  contract: Contract<S>,
  input: NodeJS.ReadableStream | MessageReader,
  output: NodeJS.WritableStream | MessageWriter,
  options: ConnectAsHost<NoInfer<HostHandlers<S>>>,
): RemoteChild<S> & ConnectionLife
export function connect<S extends ContractSpec>(
  contract: Contract<S>,
  input: NodeJS.ReadableStream | MessageReader,
  output: NodeJS.WritableStream | MessageWriter,
  options: ConnectAsChild<NoInfer<ChildHandlers<S>>>,
): RemoteHost<S> & ConnectionLife
export function connect(
  contract: Contract,
  input: NodeJS.ReadableStream | MessageReader,
  output: NodeJS.WritableStream | MessageWriter,
  options: ConnectOptions,
): unknown {
  const { framing = 'lines', ...rest } = checkOptions(connectOptionTable, options, { name: 'connect()' })
  const { Reader, Writer } = framings[framing]
  const limit = { maxMessageBytes: options.maxMessageBytes }
  const reader = 'listen' in input ? input : new Reader(input, limit)
  const writer = 'dispose' in output ? output : new Writer(output)
  return new Connection(contract, reader, writer, rest, isOver(input))
}

/** A stream that has ended does not emit its end again. */
const isOver = (input: object): boolean =>
  ('readableEnded' in input && input.readableEnded === true) ||
  ('destroyed' in input && input.destroyed === true)
