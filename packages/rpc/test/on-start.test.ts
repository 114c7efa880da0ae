import { afterEach, describe, expect, it } from 'vitest'
import { Client, type ClientOptions, type RemoteChild } from '@simple-ipc/rpc'
import { calculator } from './fixtures/calculator-contract.mjs'
import { prepared } from './fixtures/prepared-contract.mjs'
import { failureOf, fixture } from './start-calculator.js'

type Spec = (typeof prepared)['spec']
type Child = RemoteChild<Spec>

let client: Client<Spec>
afterEach(async () => {
  await client.stop()
})

const start = (options: ClientOptions<Child> = {}): Client<Spec> =>
  (client = new Client(prepared, [process.execPath, fixture('prepared.mjs')], {
    stderr: 'ignore',
    ...options,
    host: { sizeOf: ({ model }) => model.length },
  }))
const load = async (child: Child): Promise<void> => {
  await child.call('load', { model: 'small' })
}
const soon = { max: 2, withinMs: 60_000, backoff: { initial: 1 } } as const

describe('onStart', () => {
  it('goes before calls, notifications and streams that wait, and calls, notifies and listens itself', async () => {
    const heard: string[] = []
    start({
      onStart: async child => {
        child.on('loading', ({ model }) => heard.push(model))
        const steps: number[] = []
        const onProgress = (step: number): number => steps.push(step)
        expect(await child.call('load', { model: 'large' }, { onProgress })).toBe(5)
        expect(steps).toEqual([5])
        child.notify('hint', { text: 'warm' })
        const items: number[] = []
        const run = child.stream('parts', { count: 300 })
        for await (const item of run) items.push(item)
        expect(items).toHaveLength(300)
        await child.methods.asked({ name: 'prepared' })
      },
    })
    client.notify('hint', { text: 'from outside' })
    const call = client.call('asked', { name: 'call' })
    expect(await call).toEqual(['load large', 'hint warm', 'parts', 'prepared', 'hint from outside', 'call'])
    expect(heard).toEqual(['large'])
  })

  it('causes handlers to run that call, notify and stream from the child themselves', async () => {
    const order: string[] = []
    await using nesting = new Client(calculator, [process.execPath, fixture('calculator.mjs')], {
      stderr: 'ignore',
      host: {
        confirm: async ({ question }, { peer }) => {
          peer.notify('tell', { text: question })
          for await (const { n } of peer.stream('count', { to: 2 })) order.push(`item ${n}`)
          return true
        },
        nest: async ({ depth }, { peer }) =>
          depth === 0 ? 0 : 1 + (await peer.call('nest', { depth: depth - 1 })),
      },
      onStart: async child => {
        order.push(`nested ${await child.call('nest', { depth: 30 })}`)
        await child.call('ask', { question: 'ready?' })
        child.notify('tell', { text: 'prepared' })
      },
    })
    nesting.notify('tell', { text: 'waited' })
    expect(await nesting.call('told')).toEqual(['ready?', 'prepared', 'waited'])
    expect(order).toEqual(['nested 30', 'item 0', 'item 1'])
  })

  it('runs at every restart, before calls that wait for it, and its listeners end with their run', async () => {
    const heard: string[] = []
    start({
      restart: soon,
      onStart: async child => {
        child.on('loading', ({ model }) => heard.push(model))
        await load(child)
      },
    })
    await client.call('asked', { name: 'first' })
    expect(await failureOf(client.call('die', { code: 1 }))).toMatchObject({ code: 'WORKER_EXITED' })
    expect(await client.call('asked', { name: 'again' })).toEqual(['load small', 'again'])
    expect(heard).toEqual(['small', 'small'])
  })

  it('runs again when a program that was stopped for idleness is started by a call', async () => {
    let starts = 0
    start({ idleStop: 20, onStart: async child => load(child).then(() => (starts += 1)) })
    await client.start()
    // It begins to be idle when it is prepared, though nobody has called it.
    while (client.running) await new Promise(resolve => setTimeout(resolve, 5))
    expect(await client.call('asked', { name: 'x' })).toEqual(['load small', 'x'])
    expect(starts).toBe(2)
  })

  it('is not cut short by idleStop, however long it takes', async () => {
    start({
      idleStop: 1,
      onStart: async child => {
        await load(child)
        await new Promise(resolve => setTimeout(resolve, 100))
        await child.call('asked', { name: 'still there' })
      },
    })
    expect(await client.call('asked', { name: 'x' })).toEqual(['load small', 'still there', 'x'])
  })

  it('that fails fails the start and what waits, with its error', async () => {
    const cause = new Error('no such model')
    start({
      start: false,
      onStart: () => {
        throw cause
      },
    })
    const started = client.start()
    const call = failureOf(client.call('asked', { name: 'x' }))
    expect(await failureOf(started)).toBe(cause)
    expect(await call).toMatchObject({
      code: 'WORKER_EXITED',
      cause,
      message: expect.stringMatching(
        /^asked was not sent: onStart failed \(no such model\), and the program/,
      ) as string,
    })
    await client.worker.exited
    expect(await failureOf(client.call('asked', { name: 'x' }))).toMatchObject({ cause })
    expect(client.running).toBe(false)
  })

  it('that fails is tried again as restart allows, which is given up in the end', async () => {
    let tries = 0
    const gaveUp = new Promise<void>(resolve => {
      start({
        start: false,
        restart: soon,
        onStart: () => {
          tries++
          throw new Error(`try ${tries}`)
        },
      })
      client.worker.on('error', () => undefined)
      client.worker.on('give-up', () => resolve())
    })
    expect(await failureOf(client.start())).toMatchObject({ message: 'try 1' })
    await gaveUp
    expect(tries).toBe(3)
    expect(await failureOf(client.call('asked', { name: 'x' }))).toMatchObject({
      code: 'WORKER_EXITED',
      message: expect.stringContaining('failed too often and is not restarted; call start()') as string,
    })
  })

  it('that fails once lets calls made meanwhile go to the next run', async () => {
    let tries = 0
    start({
      restart: soon,
      onStart: async child => {
        if (++tries === 1) throw new Error('not yet')
        await load(child)
      },
    })
    expect(await failureOf(client.call('asked', { name: 'early' }))).toMatchObject({ code: 'WORKER_EXITED' })
    expect(await client.call('asked', { name: 'late' })).toEqual(['load small', 'late'])
  })

  it('tells of a program that dies during it as of any that dies', async () => {
    const errors: unknown[] = []
    start({
      start: false,
      onStart: async child => {
        errors.push(await failureOf(child.call('die', { code: 7 })))
        // The run is over: nothing that this one does can reach another.
        errors.push(await failureOf(child.call('asked', { name: 'x' })))
      },
    })
    const started = failureOf(client.start())
    const error = await failureOf(client.call('asked', { name: 'x' }))
    expect(error).toMatchObject({ code: 'WORKER_EXITED', data: { code: 7 } })
    expect(await started).toMatchObject({ code: 'WORKER_EXITED', data: { code: 7 } })
    await new Promise(resolve => setImmediate(resolve))
    expect(errors).toMatchObject([{ code: 'WORKER_EXITED' }, { code: 'WORKER_EXITED' }])
  })

  it('must be done within startTimeout', async () => {
    start({ startTimeout: 5_000, onStart: child => child.call('hang') })
    expect(await failureOf(client.call('asked', { name: 'x' }))).toMatchObject({
      code: 'START_TIMEOUT',
      message: expect.stringContaining('onStart was not done within the startTimeout of 5000 ms') as string,
    })
  })

  it('of a program that hangs is ended by the heartbeat', async () => {
    start({ heartbeat: { every: 20, timeout: 200 }, onStart: child => child.call('block') })
    expect(await failureOf(client.call('asked', { name: 'x' }))).toMatchObject({ code: 'NOT_RESPONDING' })
  })

  it('is cut short by stop(), and what waits fails', async () => {
    let inside: Promise<unknown> | undefined
    const begun = new Promise<void>(resolve => {
      start({
        onStart: async child => {
          inside = failureOf(child.call('hang'))
          resolve()
          await inside
        },
      })
    })
    const call = failureOf(client.call('asked', { name: 'x' }))
    await begun
    const started = failureOf(client.start())
    await client.stop()
    expect(await inside).toMatchObject({ code: 'STOPPED' })
    expect(await call).toMatchObject({ code: 'STOPPED' })
    expect(await started).toMatchObject({ code: 'STOPPED' })
  })

  it('goes on when the client is drained, so that what waits is answered and nothing new is taken', async () => {
    let drained: Promise<void> | undefined
    start({
      onStart: async child => {
        drained = client.stop({ drain: 30_000 })
        await load(child)
      },
    })
    expect(await client.call('asked', { name: 'x' })).toEqual(['load small', 'x'])
    expect(await failureOf(client.call('asked', { name: 'y' }))).toMatchObject({ code: 'STOPPED' })
    await drained
  })
})

describe('start()', () => {
  it('resolves when the program is ready, and at once when it is', async () => {
    let isPrepared = false
    start({ start: false, onStart: async child => load(child).then(() => (isPrepared = true)) })
    await client.start()
    expect(isPrepared).toBe(true)
    await client.start()
    await client.stop()
    isPrepared = false
    await client.start()
    expect(isPrepared).toBe(true)
  })

  it('rejects when the program cannot be started or ends before it is ready', async () => {
    client = new Client(prepared, '/does/not/exist', {
      start: false,
      verbose: { info: () => undefined, error: () => undefined },
      host: { sizeOf: () => 0 },
    })
    expect(await failureOf(client.start())).toMatchObject({ code: 'WORKER_EXITED' })
    client = new Client(prepared, [process.execPath, '-e', 'process.exit(3)'], {
      start: false,
      stderr: 'ignore',
      host: { sizeOf: () => 0 },
    })
    expect(await failureOf(client.start())).toMatchObject({ code: 'WORKER_EXITED', data: { code: 3 } })
  })
})
