import { describe, expect, test } from 'vitest'
import { RestartPolicy } from './restart-policy.js'

/** Never a random part. */
const none = () => 0

describe('a restart policy', () => {
  test('allows at most max restarts within withinMs', () => {
    const policy = new RestartPolicy({ max: 3, withinMs: 1000 }, none)
    expect([0, 10, 20].map(now => policy.next(now) !== undefined)).toEqual([true, true, true])
    expect(policy.next(30)).toBeUndefined()
    expect(policy.next(999)).toBeUndefined()
    expect(policy.next(1000)).toBeDefined()
    expect(policy.next(1005)).toBeUndefined()
  })

  test('pauses longer each time, up to a maximum', () => {
    const policy = new RestartPolicy(
      { max: 10, withinMs: 1e6, backoff: { initial: 50, factor: 3, max: 1000 } },
      none,
    )
    expect([1, 2, 3, 4, 5].map(now => policy.next(now))).toEqual([50, 150, 450, 1000, 1000])
  })

  test('begins anew after a time without failures', () => {
    const policy = new RestartPolicy({ max: 10, withinMs: 1000 }, none)
    expect([policy.next(0), policy.next(1), policy.next(2000)]).toEqual([100, 200, 100])
  })

  test('takes off a random part, so that many workers do not start at once', () => {
    const policy = new RestartPolicy({ max: 10, withinMs: 1e6 }, () => 0.5)
    expect(policy.next(0)).toBe(75)
    expect(new RestartPolicy({ max: 1, withinMs: 1, backoff: { jitter: 0 } }, () => 0.5).next(0)).toBe(100)
  })

  test('never exceeds its intensity, whatever the times', () => {
    const policy = new RestartPolicy({ max: 5, withinMs: 100 })
    const starts: number[] = []
    for (let now = 0; now < 5000; now += Math.floor(Math.random() * 30))
      if (policy.next(now) !== undefined) starts.push(now)
    for (const start of starts)
      expect(starts.filter(other => other >= start && other < start + 100).length).toBeLessThanOrEqual(5)
  })

  test('wants failures, and code 0 only when told', () => {
    const [ok, failed, killed] = [
      { code: 0, signal: null },
      { code: 1, signal: null },
      { code: null, signal: 'SIGKILL' },
    ]
    const policy = new RestartPolicy({ max: 1, withinMs: 1 })
    expect([ok, failed, killed].map(exit => policy.wants(exit))).toEqual([false, true, true])
    expect(new RestartPolicy({ max: 1, withinMs: 1, when: 'always' }).wants(ok)).toBe(true)
  })
})
