import { afterEach, describe, expect, it } from 'vitest'
import { Client, Pool, type ClientOptions, type RemoteChild } from '@simple-ipc/rpc'
import { prepared } from './fixtures/prepared-contract.mjs'
import { failureOf, fixture } from './start-calculator.js'

type Spec = (typeof prepared)['spec']
type Child = RemoteChild<Spec>

const command = [process.execPath, fixture('prepared.mjs')] as const
const host = { sizeOf: ({ model }: { model: string }) => model.length }

let client: Client<Spec>
afterEach(() => client.stop())

const start = (options: ClientOptions<Child> = {}): Client<Spec> =>
  (client = new Client(prepared, command, { stderr: 'ignore', ...options, host }))

/** What the program has heard when it says goodbye. */
const farewell =
  (into: string[][]) =>
  async (child: Child): Promise<void> => {
    child.notify('hint', { text: 'bye' })
    into.push(await child.call('asked', { name: 'goodbye' }))
  }

describe('onStop', () => {
  it('comes last, once, before the input ends; what is called then is refused', async () => {
    const heard: string[][] = []
    start({
      onStop: async child => {
        expect(await failureOf(client.call('asked', { name: 'too late' }))).toMatchObject({
          code: 'STOPPED',
        })
        await farewell(heard)(child)
      },
    })
    await client.call('asked', { name: 'first' })
    await Promise.all([client.stop(), client.stop()])
    await client.stop()
    expect(heard).toEqual([['first', 'hint bye', 'goodbye']])
    expect((await client.worker.exited).code).toBe(0)
  })

  it('waits for calls that are drained, and is not said to a program that was not prepared or has ended', async () => {
    const heard: string[][] = []
    start({ onStop: farewell(heard), onStart: child => child.call('hang') })
    await new Promise(resolve => setImmediate(resolve))
    await client.stop()
    start({ onStop: farewell(heard) })
    expect(await failureOf(client.call('die', { code: 3 }))).toMatchObject({ code: 'WORKER_EXITED' })
    await client.stop()
    expect(heard).toEqual([])
    start({ onStop: farewell(heard) })
    await client.start()
    const call = client.call('asked', { name: 'drained' })
    await client.stop({ drain: 30_000 })
    expect(await call).toEqual(['drained'])
    expect(heard).toEqual([['drained', 'hint bye', 'goodbye']])
  })

  it('that fails, or is not done in time, is told to onError, and the program is stopped all the same', async () => {
    for (const [onStop, message] of [
      [() => Promise.reject(new Error('no goodbye')), 'no goodbye'],
      [
        () => {
          throw new Error('at once')
        },
        'at once',
      ],
      [(child: Child) => child.call('hang'), 'onStop was not done within 50 ms, and the program is stopped'],
    ] as const) {
      const errors: unknown[][] = []
      start({ onStop, stop: { input: 50 }, onError: (error, origin) => errors.push([error, origin]) })
      await client.start()
      await client.stop()
      expect(client.running).toBe(false)
      expect(errors).toEqual([[expect.objectContaining({ message }), { kind: 'callback', name: 'onStop' }]])
    }
  })

  it('may be followed by a start at once, which waits for the stop, and so does what is called after it', async () => {
    const heard: string[][] = []
    start({ onStop: farewell(heard) })
    const { pid } = (await client.start(), client)
    const stopped = client.stop()
    const refused = failureOf(client.call('asked', { name: 'before' }))
    const started = client.start()
    const call = client.call('asked', { name: 'after' })
    expect(await refused).toMatchObject({ code: 'STOPPED' })
    expect(await call).toEqual(['after'])
    await Promise.all([started, stopped])
    expect(heard).toEqual([['hint bye', 'goodbye']])
    expect(client.pid).not.toBe(pid)
  })

  it('may be followed by a start that the next stop takes back', async () => {
    const heard: string[][] = []
    start({ onStop: farewell(heard) })
    await client.start()
    const first = client.stop()
    const started = failureOf(client.start())
    await Promise.all([first, client.stop()])
    expect(client.running).toBe(false)
    await started
    expect(await failureOf(client.call('asked', { name: 'late' }))).toMatchObject({ code: 'STOPPED' })
    expect(heard).toHaveLength(1)
  })

  it('is said when idleStop stops the program, and what is called meanwhile waits for the next run', async () => {
    const heard: string[][] = []
    let called: Promise<string[]> | undefined
    const said = new Promise<void>(resolve => {
      start({
        idleStop: 20,
        onStop: async child => {
          called ??= client.call('asked', { name: 'meanwhile' })
          await farewell(heard)(child)
          resolve()
        },
      })
    })
    await client.start()
    await said
    expect(await called).toEqual(['meanwhile'])
    expect(heard[0]).toEqual(['hint bye', 'goodbye'])
  })

  it('is said to each child of a pool', async () => {
    const heard: string[][] = []
    const pool = new Pool(prepared, command, {
      host,
      size: 2,
      min: 2,
      onStop: farewell(heard),
      stderr: 'ignore',
    })
    await Promise.all([pool.call('asked', { name: 'a' }), pool.call('asked', { name: 'b' })])
    await pool.stop()
    expect(heard.map(each => each.at(-1))).toEqual(['goodbye', 'goodbye'])
    start({ start: false })
  })
})
