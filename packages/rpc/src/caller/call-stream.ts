import { Deferred, Fifo, rejection } from '@simple-ipc/worker'

import type { Stream } from '../contract/contract-types.js'
import { RpcError } from '../errors/rpc-error.js'
import { ReceiveWindow, windowBytes } from '../protocol/flow-control.js'
import type { PendingCall } from './pending-calls.js'

/** Callbacks by which a stream reaches the peer that reads it. */
export interface StreamEvents {
  /** Acknowledges items of a call. */
  sendCredit(id: number, items: number): void
  /** Asks for {@link CallStream.creditRest}. */
  creditLater(stream: CallStream): void
  /** The reader cancelled the call. */
  cancelStream(call: PendingCall, reason: unknown): void
  /** More is unread than allowed: the stream must end. */
  overflowed(call: PendingCall): void
  readonly maxQueuedBytes: number
}

/** Values that arrived in one message, of which some may have been read. */
interface Batch {
  readonly values: readonly unknown[]
  read: number
  /** Of each, about. */
  readonly bytes: number
}

interface Waiter {
  resolve(result: IteratorResult<unknown, undefined> | Promise<never>): void
  reject(error: unknown): void
}

const done: IteratorResult<unknown, undefined> = { done: true, value: undefined }

/** The caller's end of a stream: a bounded queue between the wire and the loops that read it. */
export class CallStream implements Stream<unknown, unknown> {
  private readonly owner: StreamEvents
  private readonly call: PendingCall
  private readonly window = new ReceiveWindow()
  private readonly batches = new Fifo<Batch>()
  private queuedBytes = 0
  private readonly waiters = new Fifo<Waiter>()
  /** The items are not read: each is acknowledged and dropped. */
  private dropping: boolean
  private looped = false
  private ended = false
  private error: unknown
  private readonly over = new Deferred<void>()

  /** @param dropping for a plain call of a streaming method */
  constructor(owner: StreamEvents, call: PendingCall, dropping: boolean) {
    this.owner = owner
    this.call = call
    this.dropping = dropping
  }

  get result(): Promise<unknown> {
    if (!this.looped && !this.dropping) {
      this.dropping = true
      this.dropQueue()
    }
    return this.call.promise
  }

  /** Resolves when the call has ended. Unlike `result`, using it does not mean that the items are unwanted. */
  get settled(): Promise<void> {
    return this.over.promise
  }

  cancel(reason?: unknown): void {
    if (this.ended) return
    this.clear()
    this.owner.cancelStream(this.call, reason)
  }

  [Symbol.dispose](): void {
    this.cancel()
  }

  [Symbol.asyncIterator](): AsyncIterator<unknown, undefined> {
    this.looped = true
    this.dropping = false
    return {
      next: () => this.next(),
      return: () => {
        this.cancel()
        this.clear()
        return Promise.resolve(done)
      },
    }
  }

  /** Items arrived together; `bytes` of each, about. */
  push(values: readonly unknown[], bytes: number): void {
    if (this.dropping) {
      this.consumed(values.length, bytes)
      return
    }
    let read = 0
    while (read < values.length) {
      const waiter = this.waiters.shift()
      if (waiter === undefined) break
      waiter.resolve({ done: false, value: values[read++] })
    }
    const left = (values.length - read) * bytes
    if (read < values.length) this.batches.push({ values, read, bytes })
    this.queuedBytes += left
    if (read > 0) this.consumed(read, bytes)
    // One message of the largest size is allowed as long as the window was open for it.
    if (this.queuedBytes > this.owner.maxQueuedBytes && this.queuedBytes - left > windowBytes)
      this.owner.overflowed(this.call)
  }

  /** The call ended: what is queued is still read, then the loops end or throw. */
  finish(error: unknown): void {
    if (this.ended) return
    this.ended = true
    this.error = error
    this.over.resolve()
    for (let waiter = this.waiters.shift(); waiter !== undefined; waiter = this.waiters.shift())
      this.settle(waiter)
  }

  /** If everything that arrived has been read, acknowledges it. */
  creditRest(): void {
    if (this.batches.size === 0) this.acknowledge(this.window.take())
  }

  /** Forgets what is queued: it will not be read. */
  clear(): void {
    this.batches.clear()
    this.queuedBytes = 0
  }

  private next(): Promise<IteratorResult<unknown, undefined>> {
    const batch = this.batches.first
    if (batch === undefined) return new Promise((resolve, reject) => this.wait({ resolve, reject }))
    const value = batch.values[batch.read++]
    if (batch.read === batch.values.length) this.batches.shift()
    this.queuedBytes -= batch.bytes
    this.consumed(1, batch.bytes)
    return Promise.resolve({ done: false, value })
  }

  private wait(waiter: Waiter): void {
    if (this.ended) this.settle(waiter)
    else this.waiters.push(waiter)
  }

  /** An error is thrown once; a loop that begins later just ends. */
  private settle(waiter: Waiter): void {
    const { error } = this
    this.error = undefined
    if (error === undefined) waiter.resolve(done)
    else if (error instanceof RpcError) waiter.resolve(rejection(error))
    else waiter.reject(error)
  }

  private dropQueue(): void {
    const batches = [...this.batches]
    this.clear()
    for (const { values, read, bytes } of batches) this.consumed(values.length - read, bytes)
  }

  private consumed(items: number, bytes: number): void {
    if (this.ended) return
    this.acknowledge(this.window.consumed(items, bytes))
    if (this.batches.size === 0) this.owner.creditLater(this)
  }

  private acknowledge(items: number): void {
    if (items > 0 && !this.ended) this.owner.sendCredit(this.call.id, items)
  }
}
