import { expect, it } from 'vitest'

import type { Caller } from '../caller/caller.js'
import { Heartbeat } from './heartbeat.js'

it('goes on watching when calls end and begin again while a ping is on its way', async () => {
  const answers: (() => void)[] = []
  let asked: () => void = () => undefined
  const untilAsked = () => new Promise<void>(resolve => (asked = resolve))
  const request = () => {
    asked()
    return new Promise<void>(resolve => answers.push(resolve))
  }
  const watch = new Heartbeat(
    { request, past: (go: () => unknown) => go() } as unknown as Caller,
    () => true,
    { every: 1 },
    () => undefined,
  )
  const first = untilAsked()
  watch.set(true)
  await first
  // The last call is over, and the next begins before the ping's answer was looked at.
  watch.set(false)
  watch.set(true)
  const second = untilAsked()
  answers[0]?.()
  await second
  watch.set(false)
  expect(answers).toHaveLength(2)
})
