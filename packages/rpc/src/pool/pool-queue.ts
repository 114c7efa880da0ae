import { offAbort, onAbort, rejection } from '@simple-ipc/worker'

import { startDeadline, type TimedOptions } from '../caller/call-options.js'
import { cancelled, queueFull, timedOut } from '../errors/local-errors.js'
import type { RpcError } from '../errors/rpc-error.js'

/** A call that waits for a child. */
interface Waiting<Place> {
  go(place: Place): void
  fail(error: RpcError): void
  method: string
}

/** Calls that wait for a child, in their order. A deadline or a signal takes a call out. */
export class PoolQueue<Place> {
  private waiting: Waiting<Place>[] = []
  private readonly limit: number

  private readonly timeouts: boolean

  /** @param timeouts false: deadlines never expire */
  constructor(limit: number, timeouts: boolean) {
    this.limit = limit
    this.timeouts = timeouts
  }

  get length(): number {
    return this.waiting.length
  }

  /** Resolves with the place for this call when it is its turn. */
  wait(method: string, options: TimedOptions | undefined): Promise<Place> {
    if (this.waiting.length >= this.limit) return rejection(queueFull(method, this.limit))
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
        this.waiting = this.waiting.filter(other => other !== entry)
        entry.fail(error)
      }
      const abort = (): void => drop(cancelled(method, signal?.reason))
      const timer = this.timeouts ? startDeadline(options, ms => drop(timedOut(method, ms))) : undefined
      if (signal !== undefined) onAbort(signal, abort)
      this.waiting.push(entry)
    })
  }

  /** Gives the first one its place. Only for a queue that is not empty. */
  next(place: Place): void {
    this.waiting.shift()?.go(place)
  }

  failAll(errorFor: (method: string) => RpcError): void {
    for (const entry of this.waiting.splice(0)) entry.fail(errorFor(entry.method))
  }
}
