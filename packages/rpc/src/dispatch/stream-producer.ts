import { invalidOwnItem, itemTooLarge } from '../errors/local-errors.js'
import { approximateBytes, excessBytes } from '../json/text-size.js'
import { toJson } from '../json/to-json.js'
import { SendWindow } from '../protocol/flow-control.js'
import { itemText } from '../protocol/message.js'
import type { Answers } from './dispatch-options.js'
import type { RunningRequest } from './running-request.js'
import type { TurnBudget } from './turn-budget.js'

/** What a producer needs of whoever answers its request. */
export interface ProducerOwner {
  readonly options: { readonly validate: boolean; readonly maxMessageBytes: number }
  readonly answers: Pick<Answers, 'bufferedAmount' | 'drained' | 'sendItem'>
  readonly budget: TurnBudget
  /** Nobody grants credit any more. */
  readonly windowsOpen: boolean
  succeeded(running: RunningRequest, result: unknown): void
  failed(running: RunningRequest, thrown: unknown): void
}

/** Beyond this the output takes items more slowly than they are made. */
const waitAt = 1024 * 1024

/**
 * Runs a handler that yields items: one step at a time, each item within the stream's window, then the result. A
 * generator whose call was cancelled is told so by `return()`, at the yield where it stands.
 */
export async function produce(
  owner: ProducerOwner,
  running: RunningRequest,
  generator: AsyncIterator<unknown>,
): Promise<void> {
  const window = (running.window = new SendWindow())
  // What stands around each item is the same for all.
  const message = itemText(running.id, '')
  const envelope = Buffer.byteLength(message)
  const [before, after] = [message.slice(0, -2), message.slice(-2)]
  if (owner.windowsOpen) window.open()
  // Any wait may bring the cancel.
  const cancelled = (): boolean => running.cancelled
  try {
    let step = await generator.next()
    while (step.done !== true && !cancelled()) {
      let json: string
      try {
        json = encodeItem(owner, running, step.value, envelope)
      } catch (error) {
        // The producer may catch it and go on.
        if (generator.throw === undefined) throw error
        step = await generator.throw(error)
        continue
      }
      while (!window.isOpen && !cancelled()) await running.untilWoken()
      if (owner.windowsOpen && owner.answers.bufferedAmount > waitAt) await owner.answers.drained()
      const nextTurn = owner.budget.spend()
      if (nextTurn !== undefined) await nextTurn
      if (cancelled()) break
      owner.answers.sendItem(before + json + after)
      // Not of the message: to count its bytes would put its parts together, which the output does anyway.
      window.sent(approximateBytes(json) + envelope)
      step = await generator.next()
    }
    if (step.done === true) owner.succeeded(running, step.value)
    else {
      await generator.return?.()
      owner.succeeded(running, undefined)
    }
  } catch (error) {
    owner.failed(running, error)
  }
}

/** The item as JSON; its message has so many bytes more. Throws what its producer is told. */
function encodeItem(owner: ProducerOwner, running: RunningRequest, value: unknown, envelope: number): string {
  const codec = running.member?.item
  const wire = codec === undefined ? value : codec.encode(value)
  const issue = owner.options.validate ? codec?.check(wire) : undefined
  if (issue !== undefined) throw invalidOwnItem(running.method, issue)
  const json = toJson(wire)
  const limit = owner.options.maxMessageBytes
  const bytes = excessBytes(limit - envelope, json)
  if (bytes > 0) throw itemTooLarge(running.method, bytes + envelope, limit)
  return json
}
