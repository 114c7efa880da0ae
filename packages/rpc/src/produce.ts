import type { Dispatch } from './dispatch.js'
import { itemText, toJson } from './message.js'
import { bytesAbout, bytesOver } from './message-size.js'
import { invalidOwnItem, itemTooLarge } from './local-errors.js'
import type { Running } from './running.js'
import { SendWindow } from './stream-credit.js'

/** Beyond this the output takes items more slowly than they are made. */
const waitAt = 1024 * 1024

/**
 * Runs a handler that yields items: one step at a time, each item within the stream's window, then the result. A
 * generator whose call was cancelled is told so by `return()`, at the yield where it stands.
 */
export async function produce(
  dispatch: Dispatch,
  running: Running,
  generator: AsyncIterator<unknown>,
): Promise<void> {
  const window = (running.window = new SendWindow())
  // What stands around each item is the same for all.
  const message = itemText(running.id, '')
  const envelope = Buffer.byteLength(message)
  const [before, after] = [message.slice(0, -2), message.slice(-2)]
  if (dispatch.windowsOpen) window.open()
  // Any wait may bring the cancel.
  const cancelled = (): boolean => running.cancelled
  try {
    let step = await generator.next()
    while (step.done !== true && !cancelled()) {
      let json: string
      try {
        json = encodeItem(dispatch, running, step.value, envelope)
      } catch (error) {
        // The producer may catch it and go on.
        if (generator.throw === undefined) throw error
        step = await generator.throw(error)
        continue
      }
      while (!window.isOpen && !cancelled()) await running.untilWoken()
      if (dispatch.windowsOpen && dispatch.answers.bufferedAmount > waitAt) await dispatch.answers.drained()
      const nextTurn = dispatch.budget.spend()
      if (nextTurn !== undefined) await nextTurn
      if (cancelled()) break
      dispatch.answers.sendItem(before + json + after)
      // Not of the message: to count its bytes would put its parts together, which the output does anyway.
      window.sent(bytesAbout(json) + envelope)
      step = await generator.next()
    }
    if (step.done === true) dispatch.succeeded(running, step.value)
    else {
      await generator.return?.()
      dispatch.succeeded(running, undefined)
    }
  } catch (error) {
    dispatch.failed(running, error)
  }
}

/** The item as JSON; its message has so many bytes more. Throws what its producer is told. */
function encodeItem(dispatch: Dispatch, running: Running, value: unknown, envelope: number): string {
  const gate = running.member?.item
  const wire = gate === undefined ? value : gate.encode(value)
  const issue = dispatch.options.validate ? gate?.check(wire) : undefined
  if (issue !== undefined) throw invalidOwnItem(running.method, issue)
  const json = toJson(wire)
  const limit = dispatch.options.maxMessageBytes
  const bytes = bytesOver(limit - envelope, json)
  if (bytes > 0) throw itemTooLarge(running.method, bytes + envelope, limit)
  return json
}
