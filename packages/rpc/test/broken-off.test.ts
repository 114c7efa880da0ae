import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Client, Pool, type ClientOptions, type Framing } from '@simple-ipc/rpc'
import { describe, expect, it } from 'vitest'
import { calculator } from './fixtures/calculator-contract.mjs'
import { failureOf, fixture } from './start-calculator.js'

const host = { confirm: () => true, nest: () => 0 }
const command = (framing: Framing, act: string): [string, ...string[]] => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'broken-off-')), 'done')
  return [process.execPath, fixture('answers-half.mjs'), framing, act, file]
}
const options = (framing: Framing): ClientOptions & { host: typeof host } => ({
  framing,
  stderr: 'ignore',
  host,
  stop: { input: 100, term: 100 },
})

describe.each<Framing>(['lines', 'headers'])('A program over %s', framing => {
  it('that is killed while it writes an answer fails the call as any death does', async () => {
    await using client = new Client(calculator, command(framing, 'half'), options(framing))
    expect(await failureOf(client.call('add', { a: 1, b: 1 }))).toMatchObject({
      code: 'WORKER_EXITED',
      data: { signal: 'SIGKILL', inFlight: ['add'] },
    })
  })

  it('that is killed while it writes an answer is replaced, and the call is sent again', async () => {
    const half = command(framing, 'half')
    await using pool = new Pool(calculator, half, { size: 1, ...options(framing) })
    expect(await pool.call('add', { a: 1, b: 2 })).toBe(3)
    expect(existsSync(half[4] ?? '')).toBe(true)
    expect(pool.stats()).toMatchObject({ retried: 1, died: 1 })
  })

  it.each(['closes', 'closes-at-once'])(
    'that %s its stdin and lives on fails its calls, and is stopped',
    async act => {
      await using client = new Client(calculator, command(framing, act), options(framing))
      if (act === 'closes') await client.call('add', { a: 1, b: 1 })
      expect(await failureOf(client.call('add', { a: 1, b: 1 }))).toMatchObject({
        code: 'WORKER_EXITED',
        message: expect.stringContaining(
          'add was not answered: it closed its stdin but is still running',
        ) as string,
      })
      expect(client.running).toBe(false)
    },
  )
})

it.each([true, false])(
  'A program that never had a stdin is told apart from a slow one (verify: %s)',
  async verify => {
    await using client = new Client(calculator, ['sh', '-c', 'exec sleep 100 </dev/null'], {
      ...options('lines'),
      verify,
    })
    expect(await failureOf(client.call('add', { a: 1, b: 1 }))).toMatchObject({
      message: expect.stringContaining('it closed its stdin but is still running') as string,
    })
  },
)
