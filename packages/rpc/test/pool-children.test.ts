// Which child of a pool is started, called, restarted and replaced.
import { getEventListeners } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Pool, RpcError, type PoolOptions, type RemoteChild } from '@simple-ipc/rpc'
import { gated } from './fixtures/gated-contract.mjs'
import { failureOf, fixture } from './start-calculator.js'

type Spec = (typeof gated)['spec']

let folder: string
let pool: Pool<Spec>
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'pool-'))
})
afterEach(async () => {
  await pool.stop()
  rmSync(folder, { recursive: true })
})

const command = (name = 'one'): string[] => [process.execPath, fixture('gated.mjs'), folder, name]
const set = (word: string): void => writeFileSync(path.join(folder, word), '')
const unset = (word: string): void => rmSync(path.join(folder, word))
const starts = (): string[] => {
  const file = path.join(folder, 'starts')
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : []
}
const until = async (is: () => boolean): Promise<void> => {
  while (!is()) await new Promise(resolve => setTimeout(resolve, 5))
}
const quiet = { stderr: 'ignore', verbose: { info: () => undefined, error: () => undefined } } as const
const make = (options: PoolOptions<RemoteChild<Spec>> = {}, commands: string[] | string[][] = command()) =>
  (pool = new Pool(gated, commands, { ...quiet, ...options }))
/** Restarts follow at once. */
const soon = { withinMs: 60_000, backoff: { initial: 1, max: 5 } } as const

describe('A cold child', () => {
  it('is called only when no warm one has room', async () => {
    make({ size: 2, concurrency: 2 })
    const { pid } = await pool.call('who')
    set('closed')
    const held = [failureOf(pool.call('hold'))]
    // Another is started, and this one does not wait for it.
    expect(await pool.call('who')).toMatchObject({ pid })
    expect(pool.stats()).toMatchObject({ children: 2, starting: 1, warm: 1 })
    held.push(failureOf(pool.call('hold')))
    const last = pool.call('who')
    unset('closed')
    expect((await last).pid).not.toBe(pid)
    expect(pool.stats()).toMatchObject({ starting: 0, warm: 2 })
    await pool.stop()
    for (const error of await Promise.all(held)) expect(error).toMatchObject({ code: 'STOPPED' })
  })

  it('becomes warm without a call, also if its contract is not verified', async () => {
    make({ size: 2, min: 2, verify: false })
    await until(() => pool.stats().warm === 2)
    expect(pool.stats()).toMatchObject({ children: 2, idle: 2, running: 0, started: 2 })
  })

  it('is one that is prepared, and is called when onStart is done', async () => {
    const prepared: number[] = []
    let go: () => void = () => undefined
    const gate = new Promise<void>(resolve => (go = resolve))
    make({
      size: 2,
      min: 2,
      onStart: async child => {
        const { pid } = await child.call('who')
        if (prepared.push(pid) === 2) await gate
      },
    })
    await until(() => pool.stats().warm === 1 && prepared.length === 2)
    for (let n = 0; n < 5; n++) expect((await pool.call('who')).pid).toBe(prepared[0])
    go()
    await until(() => pool.stats().warm === 2)
  })
})

describe('The smallest number of children', () => {
  it('is started at once, and kept when one dies', async () => {
    make({ size: 3, min: 2, idleStop: 5 })
    await until(() => pool.stats().warm === 2)
    await failureOf(pool.call('exit', { code: 1 }))
    await until(() => pool.stats().started === 3 && pool.stats().warm === 2)
    await new Promise(resolve => setTimeout(resolve, 50))
    expect(pool.stats()).toMatchObject({ children: 2, died: 1 })
  })
})

describe('A child that is replaced', () => {
  it('serves until its successor is ready', async () => {
    make({ size: 1, maxCallsPerWorker: 2 })
    const { pid } = await pool.call('who')
    set('closed')
    for (let n = 0; n < 6; n++) expect(await pool.call('who')).toMatchObject({ pid })
    expect(pool.stats()).toMatchObject({ children: 2, starting: 1, recycled: 0 })
    unset('closed')
    await until(() => pool.stats().recycled === 1)
    expect((await pool.call('who')).pid).not.toBe(pid)
    expect(pool.stats()).toMatchObject({ started: 2, died: 0 })
  })

  it('finishes the calls that it has', async () => {
    make({ size: 1, maxCallsPerWorker: 1 })
    const controller = new AbortController()
    const held = failureOf(pool.call('hold', undefined, { signal: controller.signal }))
    await until(() => pool.stats().warm === 1 && pool.stats().children === 2)
    await pool.call('who')
    expect(pool.stats().running).toBe(1)
    controller.abort()
    expect(await held).toMatchObject({ code: 'CANCELLED' })
  })

  it('stays when its successor cannot be started', async () => {
    make({ size: 1, maxCallsPerWorker: 2 })
    const { pid } = await pool.call('who')
    set('broken')
    await pool.call('who')
    await until(() => pool.stats().died > 0)
    expect(await pool.call('who')).toMatchObject({ pid })
    unset('broken')
    await until(() => pool.stats().recycled === 1)
  })

  it('is one that has taken too much memory', async () => {
    make({ size: 1, maxMemory: 400e6 })
    const { pid } = await pool.call('who')
    await pool.call('grow', { bytes: 500e6 })
    await until(() => pool.stats().recycled === 1)
    expect((await pool.call('who')).pid).not.toBe(pid)
    expect(pool.stats()).toMatchObject({ started: 2, died: 0 })
  })
})

describe('A pool of several commands', () => {
  it('spreads its children evenly, and each stays what it is', async () => {
    make({ size: 4, min: 4 }, [command('a'), command('b')])
    await until(() => pool.stats().warm === 4)
    expect(starts().sort()).toEqual(['a', 'a', 'b', 'b'])
    await failureOf(pool.call('exit', { code: 1 }))
    await until(() => pool.stats().started === 5 && pool.stats().warm === 4)
    const { commands } = pool.stats()
    expect(commands.map(({ command: text }) => text.split(' ').at(-1))).toEqual(['a', 'b'])
    expect(commands.map(({ children }) => children)).toEqual([2, 2])
    expect(commands.map(({ died }) => died).sort()).toEqual([0, 1])
  })

  it('goes on with the others when one cannot start, and tries that again after a while', async () => {
    set('broken-b')
    make({ size: 2, concurrency: 1, min: 2 }, [command('a'), command('b')])
    await until(() => pool.stats().quarantined === 1)
    const names = await Promise.all(Array.from({ length: 20 }, async () => (await pool.call('who')).name))
    expect(new Set(names)).toEqual(new Set(['a']))
    unset('broken-b')
    await until(() => starts().filter(name => name === 'b').length > 1)
  })

  it('takes a list of lists; a list of texts is one command, and both at once are refused', () => {
    make({}, [['a', 'b'], ['c']])
    expect(pool.stats().commands.map(one => one.command)).toEqual(['a b', 'c'])
    const Loose = Pool as unknown as new (...args: unknown[]) => Pool<Spec>
    expect(new Loose(gated, ['a', 'b']).stats().commands.map(one => one.command)).toEqual(['a b'])
    expect(() => new Loose(gated, ['a b', ['c']])).toThrow(
      new TypeError(
        "The commands of a pool are both texts and lists: a list of texts is one command, several commands are a list of lists, such as [ [ 'a', 'b' ], [ 'c' ] ]",
      ),
    )
    for (const wrong of [[], [[]], [['a'], []], [[5]], 5, undefined])
      expect(() => new Loose(gated, wrong)).toThrow(TypeError)
  })
})

describe('A pool that restarts', () => {
  it('starts a child that failed again, and a call waits for it', async () => {
    make({ size: 1, restart: { max: 5, ...soon } })
    const { pid } = await pool.call('who')
    expect(await failureOf(pool.call('exit', { code: 1 }))).toMatchObject({ code: 'WORKER_EXITED' })
    expect((await pool.call('who')).pid).not.toBe(pid)
    await failureOf(pool.call('exit', { code: 1 }))
    // By itself.
    await until(() => pool.stats().warm === 1 && pool.stats().started === 3)
  })

  it('replaces a child that exited with 0 when a call needs it', async () => {
    make({ size: 1, restart: { max: 1, ...soon } })
    for (let n = 0; n < 4; n++) {
      await pool.call('who')
      await failureOf(pool.call('exit', { code: 0 }))
    }
    await pool.call('who')
    expect(pool.stats()).toMatchObject({ children: 1, started: 5, died: 4, gaveUp: false })
  })

  it.each([undefined, 'restarts'])('survives that its file is missing for a while (%s)', async way => {
    const file = path.join(folder, 'deployed.sh')
    const [node, ...words] = command()
    const deploy = (): void =>
      writeFileSync(file, `#!/bin/sh\nexec "${node ?? ''}" ${words.map(word => `"${word}"`).join(' ')}\n`, {
        mode: 0o755,
      })
    deploy()
    make({ size: 1, ...(way && { restart: { max: 50, ...soon } }) }, [file])
    await pool.call('who')
    rmSync(file)
    await failureOf(pool.call('exit', { code: 1 }))
    const error = await failureOf(pool.call('who'))
    expect(error).toMatchObject({
      code: 'WORKER_EXITED',
      message: expect.stringContaining('no such program (ENOENT)') as string,
    })
    deploy()
    let answered = false
    while (!answered)
      answered = await pool.call('who').then(
        () => true,
        () => new Promise(resolve => setTimeout(() => resolve(false), 5)),
      )
  })

  it('gives up when its children failed too often, once, and calls fail at once with the reason', async () => {
    set('broken')
    const errors: RpcError[] = []
    make({
      size: 3,
      restart: { max: 3, withinMs: 60_000, backoff: { initial: 1 } },
      onError: error => errors.push(error as RpcError),
    })
    expect(await failureOf(pool.call('who'))).toMatchObject({ code: 'WORKER_EXITED' })
    await until(() => pool.stats().gaveUp)
    const calls = await Promise.all(Array.from({ length: 1_000 }, () => failureOf(pool.call('who'))))
    for (const error of calls) {
      expect(error).toMatchObject({ code: 'WORKER_EXITED' })
      expect((error as Error).message).toMatch(
        /^who was not sent: the pool has given up, .* exited with code 3/s,
      )
    }
    expect(starts()).toHaveLength(4)
    expect(errors).toHaveLength(1)
    expect(errors[0]?.message).toMatch(/^The pool has given up, .*\n.* exited with code 3/)
    expect(pool.stats()).toMatchObject({ children: 0, restarting: 0, died: 4, waiting: 0 })
  })

  it('that has given up tries again with a call after a while', async () => {
    set('broken')
    const restart = { max: 1, withinMs: 6_000, backoff: { initial: 1, max: 50 } }
    await new Promise(resolve => {
      make({ size: 1, restart, onError: resolve })
      pool.call('who').catch(() => undefined)
    })
    unset('broken')
    await until(() => !pool.stats().gaveUp)
    expect(await pool.call('who')).toMatchObject({ name: 'one' })
  })
})

describe('A command that cannot start', () => {
  it('is not tried for each call, and calls fail with the reason', async () => {
    set('broken')
    make({ size: 3 })
    const first = await failureOf(pool.call('who'))
    expect(first).toMatchObject({ code: 'WORKER_EXITED', data: { code: 3 } })
    await until(() => pool.stats().children === 0)
    const tried = pool.stats().started
    const calls = await Promise.all(Array.from({ length: 1_000 }, () => failureOf(pool.call('who'))))
    for (const error of calls) expect((error as Error).message).toMatch(/exited with code 3/)
    expect(pool.stats().started - tried).toBeLessThanOrEqual(3)
  })

  it('is one that onStart fails for', async () => {
    make({
      size: 1,
      onStart: () => {
        throw new Error('no model')
      },
    })
    expect(await failureOf(pool.call('who'))).toMatchObject({ cause: new Error('no model') })
    await until(() => pool.stats().quarantined === 1)
    expect(((await failureOf(pool.call('who'))) as Error).message).toContain('onStart failed (no model)')
  })
})

it('A signal stops a pool, however many children it has, with one listener', async () => {
  const controller = new AbortController()
  const { signal } = controller
  make({ size: 4, min: 4, signal })
  await until(() => pool.stats().warm === 4)
  expect(getEventListeners(signal, 'abort')).toHaveLength(1)
  const held = failureOf(pool.call('hold'))
  controller.abort()
  expect(await held).toMatchObject({ code: 'STOPPED' })
  expect(await failureOf(pool.call('who'))).toMatchObject({ code: 'STOPPED' })
  await pool.stop()
  expect(getEventListeners(signal, 'abort')).toEqual([])
})
