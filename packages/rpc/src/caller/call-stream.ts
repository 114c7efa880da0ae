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

interface Item {
  value: unknown
  /** Of its message. */
  bytes: number
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
  private readonly items = new Fifo<Item>()
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

  /** An item arrived; `bytes` of its message. */
  push(value: unknown, bytes: number): void {
    if (this.dropping) {
      this.consumed(bytes)
      return
    }
    const waiter = this.waiters.shift()
    if (waiter !== undefined) {
      this.consumed(bytes)
      waiter.resolve({ done: false, value })
      return
    }
    this.items.push({ value, bytes })
    this.queuedBytes += bytes
    // One item of the largest size is allowed as long as the window was open for it.
    if (this.queuedBytes > this.owner.maxQueuedBytes && this.queuedBytes - bytes > windowBytes)
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
    if (this.items.size === 0) this.acknowledge(this.window.take())
  }

  /** Forgets what is queued: it will not be read. */
  clear(): void {
    this.items.clear()
    this.queuedBytes = 0
  }

  private next(): Promise<IteratorResult<unknown, undefined>> {
    const item = this.items.shift()
    if (item === undefined) return new Promise((resolve, reject) => this.wait({ resolve, reject }))
    this.queuedBytes -= item.bytes
    this.consumed(item.bytes)
    return Promise.resolve({ done: false, value: item.value })
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
    const sizes = [...this.items].map(({ bytes }) => bytes)
    this.clear()
    for (const bytes of sizes) this.consumed(bytes)
  }

  private consumed(bytes: number): void {
    if (this.ended) return
    this.acknowledge(this.window.consumed(bytes))
    if (this.items.size === 0) this.owner.creditLater(this)
  }

  private acknowledge(items: number): void {
    if (items > 0 && !this.ended) this.owner.sendCredit(this.call.id, items)
  }
}
