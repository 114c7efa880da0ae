import { invalidOwnItem, itemTooLarge } from '../errors/local-errors.js'
import { approximateBytes, excessBytes, leastBytes } from '../json/text-size.js'
import { toJson } from '../json/to-json.js'
import { ItemBatch } from '../protocol/item-batch.js'
import type { Outbox } from '../protocol/outbox.js'
import { insteadOf } from '../validate/describe-misfit.js'
import type { RunningRequest } from './running-request.js'
import { TurnBudget } from './turn-budget.js'

/** Above this the output takes items more slowly than they are produced. */
const waitAt = 1024 * 1024

/** What ends a request that yields items, as any other. */
interface Ending {
  /** Do streams flow without credit? */
  readonly isUnlimited: boolean
  succeeded(request: RunningRequest, result: unknown): void
  failed(request: RunningRequest, thrown: unknown): void
}

/**
 * Runs handlers that yield items: one step at a time, each item within the stream's window, then the result. A generator
 * whose call was cancelled is ended by `return()`, at the yield where it waits.
 */
export class StreamProducer {
  private readonly options: { validate: boolean; maxMessageBytes: number }
  private readonly outbox: Outbox
  private readonly ending: Ending
  private readonly budget = new TurnBudget()

  constructor(
    options: StreamProducer['options'],
    outbox: StreamProducer['outbox'],
    ending: StreamProducer['ending'],
  ) {
    this.options = options
    this.outbox = outbox
    this.ending = ending
  }

  async run(request: RunningRequest, generator: AsyncIterator<unknown>): Promise<void> {
    const { outbox, ending } = this
    const window = request.beginStream(ending.isUnlimited)
    // Any wait may bring the cancel.
    const isCancelled = (): boolean => request.isCancelled
    const batch = new ItemBatch(outbox, request.id, this.options.maxMessageBytes)
    const encode = this.encoder(request, batch.envelope)
    try {
      let step = await generator.next()
      while (step.done !== true && !isCancelled()) {
        let json: string
        try {
          json = encode(step.value)
        } catch (error) {
          // The producer may catch it and continue.
          if (generator.throw === undefined) throw error
          step = await generator.throw(error)
          continue
        }
        while (!window.isOpen && !isCancelled()) await request.untilWoken()
        if (ending.isUnlimited && outbox.bufferedAmount > waitAt) await outbox.drained()
        // Each stream keeps to its window, but there may be many.
        while (outbox.isFull && !isCancelled()) await Promise.race([outbox.drained(), request.untilWoken()])
        const nextTurn = this.budget.spend()
        if (nextTurn !== undefined) await nextTurn
        if (isCancelled()) break
        // As its reader counts, who gives credit for half a window: else the window would close before that is due.
        window.sent(leastBytes(json))
        batch.add(json, approximateBytes(json))
        step = await generator.next()
      }
      if (step.done === true) ending.succeeded(request, step.value)
      else {
        await generator.return?.()
        ending.succeeded(request, undefined)
      }
    } catch (error) {
      ending.failed(request, error)
    }
  }

  /** Makes JSON of an item, whose message has `envelope` bytes more. Throws the error for its producer. */
  private encoder({ member, method }: RunningRequest, envelope: number): (value: unknown) => string {
    const { validate, maxMessageBytes } = this.options
    const codec = member?.item
    const limit = maxMessageBytes - envelope
    return value => {
      const wire = codec === undefined ? value : codec.encode(value)
      const issue = validate ? codec?.check(wire) : undefined
      if (issue !== undefined) throw invalidOwnItem(method, issue, insteadOf(codec?.shape, issue, value))
      const json = toJson(wire)
      const bytes = excessBytes(limit, json)
      if (bytes > 0) throw itemTooLarge(method, bytes + envelope, maxMessageBytes)
      return json
    }
  }
}
