import { describe, expect, test } from 'vitest'
import type { RestartOptions } from './restart-options.js'
import { Supervisor, type Decision, type RunEnd } from './supervisor.js'

/** Never a random part. */
const none = () => 0

const failed: RunEnd = { code: 1 }
const atStart: RunEnd = { code: 1, wasUp: false }
const missing = (): RunEnd => ({
  code: null,
  error: new Error('Cannot start it', { cause: Object.assign(new Error('spawn'), { code: 'ENOENT' }) }),
})
const delayOf = (decision: Decision): number | undefined =>
  decision.then === 'restart' ? decision.delay : undefined

const made = (options: RestartOptions | undefined): Supervisor => new Supervisor(options, none)

describe('a supervisor', () => {
  test('allows at most max restarts within withinMs, and gives up once', () => {
    const one = made({ max: 3, withinMs: 1000, backoff: { max: 500 } })
    const then = (now: number) => one.ended(failed, now).then
    expect([0, 10, 20].map(then)).toEqual(['restart', 'restart', 'restart'])
    expect(then(30)).toBe('give-up')
    expect(then(999)).toBe('none')
    expect(one.gaveUp(1029)).toBe(true)
    expect(one.closed(1029)).toEqual({ why: 'gave-up', until: 1030 })
    // After as long as it looks back, it may be tried again.
    expect(one.closed(1030)).toBeUndefined()
    expect([1030, 1031, 1032, 1033].map(then)).toEqual(['restart', 'restart', 'restart', 'give-up'])
  })

  test('pauses after giving up at least as long as the longest pause before a restart', () => {
    const one = made({ max: 1, withinMs: 10 })
    expect([0, 1].map(now => one.ended(failed, now).then)).toEqual(['restart', 'give-up'])
    expect(one.closed(2)).toEqual({ why: 'gave-up', until: 10_001 })
  })

  test('that was started by hand has not given up, but remembers the restarts', () => {
    const one = made({ max: 1, withinMs: 1000 })
    expect([0, 1].map(now => one.ended(failed, now).then)).toEqual(['restart', 'give-up'])
    one.byHand()
    expect(one.gaveUp(2)).toBe(false)
    expect(one.ended(failed, 3).then).toBe('give-up')
  })

  test('pauses longer each time, up to a maximum, and begins anew after a time without failures', () => {
    const one = made({ max: 10, withinMs: 1e6, backoff: { initial: 50, factor: 3, max: 1000 } })
    expect([1, 2, 3, 4, 5].map(now => delayOf(one.ended(failed, now)))).toEqual([50, 150, 450, 1000, 1000])
    const other = made({ max: 10, withinMs: 1000 })
    expect([0, 1, 2000].map(now => delayOf(other.ended(failed, now)))).toEqual([100, 200, 100])
  })

  test('takes off a random part, so that many programs do not start at once', () => {
    const one = new Supervisor({ max: 10, withinMs: 1e6 }, () => 0.5)
    expect(delayOf(one.ended(failed, 0))).toBe(75)
    const exact = new Supervisor({ max: 1, withinMs: 1, backoff: { jitter: 0 } }, () => 0.5)
    expect(delayOf(exact.ended(failed, 0))).toBe(100)
  })

  test('never exceeds its intensity, whatever the times and commands', () => {
    const one = new Supervisor({ max: 5, withinMs: 100 })
    const starts: number[] = []
    for (let now = 0; now < 5000; now += Math.floor(Math.random() * 30)) {
      if (one.ended(Math.random() < 0.5 ? failed : atStart, now, now % 3).then === 'restart') starts.push(now)
      if (Math.random() < 0.1) one.byHand()
    }
    for (const start of starts)
      expect(starts.filter(other => other >= start && other < start + 100).length).toBeLessThanOrEqual(5)
  })

  test('restarts failures, and code 0 only when told', () => {
    const ends: RunEnd[] = [{ code: 0 }, { code: 0, failed: true }, { code: 1 }, { code: null }]
    const then = (options: RestartOptions) => {
      const one = made(options)
      return ends.map(end => one.ended(end, 0).then)
    }
    expect(then({ max: 9, withinMs: 1 })).toEqual(['none', 'restart', 'restart', 'restart'])
    expect(then({ max: 9, withinMs: 1, when: 'always' })).toEqual(Array(4).fill('restart'))
  })

  test('does not repeat a start that never succeeded, unless the system was short of something', () => {
    const one = made({ max: 9, withinMs: 1000 })
    expect(one.ended(missing(), 0).then).toBe('none')
    const busy = { code: null, error: new Error('x', { cause: { code: 'EAGAIN' } }) }
    expect(one.ended(busy, 1).then).toBe('restart')
  })

  test('repeats the start of a program whose file is missing after it was there', () => {
    const one = made({ max: 9, withinMs: 1000 })
    expect(one.ended(failed, 0).then).toBe('restart')
    expect(one.ended(missing(), 1).then).toBe('restart')
    expect(delayOf(one.ended(missing(), 2))).toBe(400)
  })

  test('closes a command that cannot start for a pause that grows, and no other', () => {
    const one = made(undefined)
    expect(one.ended(missing(), 0, 1)).toEqual({ then: 'none' })
    expect(one.closed(0, 0)).toBeUndefined()
    expect(one.closed(99, 1)).toEqual({ why: 'quarantine', until: 100 })
    expect(one.closed(100, 1)).toBeUndefined()
    one.ended(atStart, 100, 1)
    // Another that was starting at the same time is the same failure.
    one.ended(atStart, 101, 1)
    expect(one.closed(299, 1)).toEqual({ why: 'quarantine', until: 300 })
    expect([one.isSuspect(0), one.isSuspect(1)]).toEqual([false, true])
    one.up(1)
    expect(one.isSuspect(1)).toBe(false)
    one.ended(atStart, 1000, 1)
    expect(one.closed(1000, 1)).toEqual({ why: 'quarantine', until: 1100 })
  })

  test('does not close a command that ends after it was up, if nothing is restarted by itself', () => {
    const one = made(undefined)
    expect(one.ended(failed, 0)).toEqual({ then: 'none' })
    expect(one.closed(0)).toBeUndefined()
  })

  test('counts the restarts of all commands together', () => {
    const one = made({ max: 2, withinMs: 1000 })
    expect([0, 1, 2].map(command => one.ended(failed, command, command).then)).toEqual([
      'restart',
      'restart',
      'give-up',
    ])
    expect(one.closed(3, 0)?.why).toBe('gave-up')
  })
})
