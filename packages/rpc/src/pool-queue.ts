import { offAbort, onAbort } from './abort-listeners.js'
import { startTimer } from './call-options.js'
import type { CallOptions } from './contract-types.js'
import { cancelled, queueFull, timedOut, type RpcError } from './rpc-error.js'

/** A call that waits for a child. */
interface Waiting {
  go(): void
  fail(error: RpcError): void
  method: string
}

/** Calls that wait for a child, in their order. A deadline or a signal takes a call out. */
export class PoolQueue {
  private waiting: Waiting[] = []
  private readonly limit: number

  constructor(limit: number) {
    this.limit = limit
  }

  get length(): number {
    return this.waiting.length
  }

  /** Resolves when it is this call's turn. */
  wait(method: string, options: CallOptions<unknown> | undefined): Promise<void> {
    if (this.waiting.length >= this.limit) return Promise.reject(queueFull(method, this.limit))
    return new Promise((resolve, reject) => {
      const { signal, timeout } = options ?? {}
      const leave = (): void => {
        clearTimeout(timer)
        if (signal !== undefined) offAbort(signal, abort)
      }
      const entry: Waiting = {
        method,
        go: () => {
          leave()
          resolve()
        },
        fail: error => {
          leave()
          reject(error)
        },
      }
      const drop = (error: RpcError): void => {
        this.waiting = this.waiting.filter(other => other !== entry)
        entry.fail(error)
      }
      const abort = (): void => drop(cancelled(method, signal?.reason))
      const timer = startTimer(timeout, ms => drop(timedOut(method, ms)))
      if (signal !== undefined) onAbort(signal, abort)
      this.waiting.push(entry)
    })
  }

  /** Lets the first one go. */
  next(): void {
    this.waiting.shift()?.go()
  }

  failAll(errorFor: (method: string) => RpcError): void {
    for (const entry of this.waiting.splice(0)) entry.fail(errorFor(entry.method))
  }
}
