import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Deferred } from '../base/deferred.js'
import { stopLadder } from './stop-ladder.js'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

/** A program that notes what is done to it, with the time. */
function target() {
  const begin = Date.now()
  const exit = new Deferred<undefined>()
  const done: string[] = []
  const note = (what: string) => done.push(`${Date.now() - begin} ${what}`)
  return {
    done,
    exit,
    exited: exit.promise,
    endInput: () => note('end'),
    signal: (name: string) => note(name),
  }
}

test('each rung waits before the next, and after the last a program may still be alive', async () => {
  const program = target()
  const stopped = stopLadder(program, {})
  await vi.advanceTimersByTimeAsync(10_000)
  expect(await stopped).toBe(false)
  expect(program.done).toEqual(['0 end', '2000 SIGTERM', '4000 SIGKILL'])
  expect(vi.getTimerCount()).toBe(0)
})

test('nothing more is done once it has exited, and no timer is left', async () => {
  const program = target()
  const stopped = stopLadder(program, { input: 100 })
  await vi.advanceTimersByTimeAsync(150)
  program.exit.resolve(undefined)
  expect(await stopped).toBe(true)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(program.done).toEqual(['0 end', '100 SIGTERM'])
  expect(vi.getTimerCount()).toBe(0)
})

test('a grace of 0 goes on at once', () => {
  const program = target()
  void stopLadder(program, { input: 0, term: 0 })
  expect(program.done).toEqual(['0 end', '0 SIGTERM', '0 SIGKILL'])
})
