// How much memory a host takes whose child floods it and never reads, with the limits that it has by itself.
import { execFileSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { fixture } from './start-calculator.js'

it.each(['requests', 'unknown', 'pings', 'batches'])(
  'A child that floods its host with %s costs it a bounded amount of memory',
  { timeout: 300_000 },
  what => {
    const text = execFileSync(process.execPath, [fixture('host-of-flood.mjs'), what], { encoding: 'utf8' })
    const { code, megabytes } = JSON.parse(text) as { code: string; megabytes: number }
    expect(code).toBe('QUEUE_FULL')
    // Of 64 MiB each what waits as text, and what it asks; before garbage is collected.
    expect(megabytes).toBeLessThan(600)
  },
)
