import { offAbort, onAbort, rejection } from '@simple-ipc/worker'

import { startDeadline, type TimedOptions } from '../caller/call-options.js'
import { cancelled, poolQueueFull, timedOutInPool } from '../errors/local-errors.js'
import type { RpcError } from '../errors/rpc-error.js'
import { LinkedList } from './linked-list.js'

/** A call that waits for a child. */
interface Waiting<Place> {
  go(place: Place): void
  fail(error: RpcError): void
  method: string
}

/** Calls that wait for a child, in their order. A deadline or a signal takes a call out. */
export class PoolQueue<Place> {
  private readonly waiting = new LinkedList<Waiting<Place>>()
  private readonly limit: number
  private readonly timeouts: boolean
  private readonly busy: (busy: boolean) => void

  /**
   * @param timeouts false: deadlines never expire
   * @param busy called when the first call waits, and when none does any more
   */
  constructor(limit: number, timeouts: boolean, busy: (busy: boolean) => void) {
    this.limit = limit
    this.timeouts = timeouts
    this.busy = busy
  }

  get length(): number {
    return this.waiting.size
  }

  /** Resolves with the place for this call when it is its turn. */
  wait(method: string, options: TimedOptions | undefined): Promise<Place> {
    if (this.waiting.size >= this.limit) return rejection(poolQueueFull(method, this.limit))
    return new Promise(resolve => {
      const signal = options?.signal
      const leave = (): void => {
        clearTimeout(timer)
        if (signal !== undefined) offAbort(signal, abort)
      }
      const entry: Waiting<Place> = {
        method,
        go: place => {
          leave()
          resolve(place)
        },
        fail: error => {
          leave()
          resolve(rejection(error))
        },
      }
      const drop = (error: RpcError): void => {
        // Its deadline may have run out just before its turn came.
        if (!this.waiting.remove(entry)) return
        if (this.length === 0) this.busy(false)
        entry.fail(error)
      }
      const abort = (): void => drop(cancelled(method, signal?.reason))
      const timer = this.timeouts ? startDeadline(options, ms => drop(timedOutInPool(method, ms))) : undefined
      if (signal !== undefined) onAbort(signal, abort)
      this.waiting.push(entry)
      if (this.length === 1) this.busy(true)
    })
  }

  /** Gives the first one its place. Only for a queue that is not empty. */
  next(place: Place): void {
    this.take()?.go(place)
  }

  failAll(errorFor: (method: string) => RpcError): void {
    for (let entry = this.take(); entry !== undefined; entry = this.take()) entry.fail(errorFor(entry.method))
  }

  private take(): Waiting<Place> | undefined {
    const entry = this.waiting.shift()
    if (entry !== undefined && this.length === 0) this.busy(false)
    return entry
  }
}
