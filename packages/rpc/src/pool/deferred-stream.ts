import { addFrames, rejection } from '@simple-ipc/worker'

import type { Stream } from '../contract/contract-types.js'
import { RpcError } from '../errors/rpc-error.js'

/** A stream whose call begins later: it behaves like that call's own from the start. */
export class DeferredStream implements Stream<unknown, unknown> {
  private readonly begun: Promise<Stream<unknown, unknown>>
  private readonly giveUp: (reason: unknown) => void
  private stream: Stream<unknown, unknown> | undefined = undefined
  /** It was cancelled before it had begun, or before that was known here. */
  private givenUp: { reason: unknown } | undefined = undefined

  /** @param giveUp called when it is cancelled before it has begun */
  constructor(begun: Promise<Stream<unknown, unknown>>, giveUp: (reason: unknown) => void) {
    this.giveUp = giveUp
    this.begun = begun.then(stream => {
      this.stream = stream
      if (this.givenUp !== undefined) stream.cancel(this.givenUp.reason)
      return stream
    })
    this.begun.catch(ignore)
  }

  get result(): Promise<unknown> {
    const result: Promise<unknown> = resultOf(this.begun, () => void result.catch(ignore))
    return result
  }

  cancel(reason?: unknown): void {
    if (this.stream !== undefined) this.stream.cancel(reason)
    else if (this.givenUp === undefined) {
      this.givenUp = { reason }
      this.giveUp(reason)
    }
  }

  [Symbol.dispose](): void {
    this.cancel()
  }

  [Symbol.asyncIterator](): AsyncIterator<unknown, undefined> {
    const loop = this.begun.then(
      stream => stream[Symbol.asyncIterator]() as AsyncIterator<unknown, undefined>,
    )
    loop.catch(ignore)
    return {
      next: () => loop.then(iterator => iterator.next(), withFramesOfReader),
      return: () => {
        this.cancel()
        return Promise.resolve({ done: true, value: undefined })
      },
    }
  }
}

/** @param failing called right before it rejects: a result need not be used */
async function resultOf(begun: Promise<Stream<unknown, unknown>>, failing: () => void): Promise<unknown> {
  try {
    const stream = await begun
    return await stream.result
  } catch (error) {
    if (error instanceof RpcError) addFrames(error, resultOf)
    failing()
    throw error
  }
}

const withFramesOfReader = async (error: Error): Promise<never> => rejection(error)
const ignore = (): void => undefined
