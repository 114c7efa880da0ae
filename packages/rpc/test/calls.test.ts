import { once } from 'node:events'
import { afterEach, describe, expect, it } from 'vitest'
import { Client, isCancelled, RpcError } from '@simple-ipc/rpc'
import { calculator } from './fixtures/calculator-contract.mjs'
import { failureOf, startCalculator, untyped, type Calculator } from './start-calculator.js'

let client: Client<Calculator>
afterEach(async () => {
  await client.stop()
})

describe('A call into a child', () => {
  it('comes back with its result, called by name or as a method', async () => {
    client = startCalculator()
    expect(await client.call('add', { a: 1, b: 2 })).toBe(3)
    expect(await client.methods.add({ a: 20, b: 22 })).toBe(42)
    expect(await untyped(client).call('print', { text: 'x' })).toBeUndefined()
  })

  it('is written with the params as they were when it was made, even before the child has started', async () => {
    client = startCalculator()
    const params = { value: ['before'] }
    const first = client.call('echo', params)
    params.value[0] = 'after'
    expect(await first).toEqual(['before'])
  })

  it('may be one of many at once, each with its own answer', async () => {
    client = startCalculator()
    const sums = await Promise.all(Array.from({ length: 2000 }, (_, n) => client.call('add', { a: n, b: 1 })))
    expect(sums).toEqual(Array.from({ length: 2000 }, (_, n) => n + 1))
  })

  it('fails with the error that the contract declares, data and all', async () => {
    client = startCalculator()
    const error = await failureOf(client.call('divide', { a: 7, b: 0 }))
    if (!client.isError(error, 'divide', 'DividedByZero')) throw error
    expect(error.code).toBe(1001)
    expect(error.data.a).toBe(7)
    expect(error.message).toBe('One cannot divide by zero')
    expect(client.isError(new RpcError(1001, 'another'), 'divide', 'DividedByZero')).toBe(false)
  })

  it('is not sent when its params do not fit', async () => {
    client = startCalculator()
    const error = await failureOf(client.call('add', { a: 1, b: '2' as never }))
    expect(error).toMatchObject({ code: 'INVALID_PARAMS', data: { issues: [{ path: '/b' }] } })
    const cyclic: { self?: unknown } = {}
    cyclic.self = cyclic
    expect(await failureOf(client.call('echo', { value: cyclic }))).toMatchObject({ code: 'INVALID_PARAMS' })
  })

  it('fails when the contract has no such method', async () => {
    client = startCalculator()
    expect(await failureOf(untyped(client).call('multiply'))).toMatchObject({ code: 'UNKNOWN_MEMBER' })
    expect(await failureOf(untyped(client).call('toString'))).toMatchObject({ code: 'UNKNOWN_MEMBER' })
  })

  it('fails with the handler’s own text when its result does not fit', async () => {
    client = startCalculator()
    expect(await failureOf(client.call('wrong'))).toMatchObject({
      code: -32603,
      data: { issues: [{ path: '' }] },
    })
  })

  it('lets a print of the child appear on stderr, and the next call succeed', async () => {
    const printed: string[] = []
    client = startCalculator({ stderr: line => printed.push(line) })
    await client.call('print', { text: 'a stray print' })
    expect(await client.call('add', { a: 1, b: 1 })).toBe(2)
    await client.stop()
    expect(printed).toContain('a stray print')
  })

  it('carries every kind of JSON there and back', async () => {
    client = startCalculator()
    const value = {
      a: [1, -0.5, 1e300, null, true, 'ä€😀\u2028\n\0"\\', {}, []],
      __proto__x: 1,
      '': { deep: [[[]]] },
    }
    expect(await client.call('echo', { value })).toEqual(value)
    const large = 'x'.repeat(5_000_000)
    expect(await client.call('echo', { value: large })).toBe(large)
  })
})

describe('Both directions', () => {
  it('let a handler ask its caller', async () => {
    client = startCalculator()
    expect(await client.call('ask', { question: 'yes' })).toBe(false)
    expect(await client.call('ask', { question: 'no' })).toBe(true)
  })

  it('nest as deep as they like', async () => {
    client = startCalculator()
    expect(await client.call('nest', { depth: 4 })).toBe(4)
    const many = await Promise.all(Array.from({ length: 50 }, () => client.call('nest', { depth: 20 })))
    expect(new Set(many)).toEqual(new Set([20]))
  })

  it('tell each other things in order, before the answer that was sent after them', async () => {
    client = startCalculator()
    const heard: string[] = []
    const off = client.on('log', ({ text }) => heard.push(text))
    for (const text of ['a', 'b', 'c']) client.notify('tell', { text })
    expect(await client.call('told')).toEqual(['a', 'b', 'c'])
    expect(heard).toEqual(['a', 'b', 'c'])
    off()
    client.notify('tell', { text: 'd' })
    await client.call('told')
    expect(heard).toEqual(['a', 'b', 'c'])
  })

  it('survive a listener that throws', async () => {
    const errors: unknown[] = []
    client = startCalculator({ onError: error => errors.push(error) })
    client.on('log', () => {
      throw new Error('mine')
    })
    client.on('log', () => Promise.reject(new Error('mine too')) as never)
    client.notify('tell', { text: 'x' })
    await client.call('told')
    await client.call('told')
    expect(errors).toMatchObject([{ message: 'mine' }, { message: 'mine too' }])
  })

  it('refuse a notification that the contract lacks or that does not fit', () => {
    client = startCalculator({ validate: true })
    expect(() => untyped(client).notify('shout')).toThrow(
      expect.objectContaining({ code: 'UNKNOWN_MEMBER' }) as Error,
    )
    expect(() => untyped(client).on('shout', () => undefined)).toThrow(/no notification 'shout'/)
  })
})

describe('Cancellation', () => {
  it('settles the call at once and reaches the handler', async () => {
    client = startCalculator()
    const controller = new AbortController()
    const cancelled = new Promise(resolve => client.on('log', resolve))
    const call = client.call('hang', {}, { signal: controller.signal })
    await client.call('add', { a: 1, b: 1 })
    controller.abort('enough')
    const error = await failureOf(call)
    expect(error).toMatchObject({ code: 'CANCELLED', method: 'hang', cause: 'enough' })
    expect(isCancelled(error)).toBe(true)
    expect(await cancelled).toEqual({ text: 'cancelled' })
  })

  it('sends nothing when the signal was aborted before', async () => {
    client = startCalculator()
    expect(
      await failureOf(client.call('add', { a: 1, b: 1 }, { signal: AbortSignal.abort() })),
    ).toMatchObject({
      code: 'CANCELLED',
    })
  })

  it('leaves no listener on a signal that outlives its calls', async () => {
    client = startCalculator()
    const { signal } = new AbortController()
    let listeners = 0
    const add = signal.addEventListener.bind(signal)
    const remove = signal.removeEventListener.bind(signal)
    signal.addEventListener = (...args: Parameters<typeof add>) => {
      listeners++
      add(...args)
    }
    signal.removeEventListener = (...args: Parameters<typeof remove>) => {
      listeners--
      remove(...args)
    }
    for (let n = 0; n < 20; n++) await client.call('add', { a: n, b: n }, { signal })
    expect(listeners).toBe(0)
  })

  it('comes from a timeout too', async () => {
    client = startCalculator()
    const cancelled = new Promise(resolve => client.on('log', resolve))
    await client.call('add', { a: 1, b: 1 })
    expect(await failureOf(client.call('hang', {}, { timeout: 20 }))).toMatchObject({
      code: 'TIMEOUT',
      method: 'hang',
    })
    expect(await cancelled).toEqual({ text: 'cancelled' })
  })

  it('starts an idleTimeout anew with each sign of life', async () => {
    client = startCalculator()
    await client.call('add', { a: 1, b: 1 })
    expect(await client.call('count', { to: 2000 }, { idleTimeout: 5_000 })).toBe(2000)
    expect(await failureOf(client.call('hang', {}, { idleTimeout: 20 }))).toMatchObject({ code: 'TIMEOUT' })
  })

  it('has no timeout in debug mode', async () => {
    client = startCalculator({ debug: true })
    const controller = new AbortController()
    const call = client.call('hang', {}, { timeout: 1, idleTimeout: 1, signal: controller.signal })
    for (let n = 0; n < 20; n++) await client.call('add', { a: n, b: n })
    controller.abort()
    expect(await failureOf(call)).toMatchObject({ code: 'CANCELLED' })
  })

  it('refuses times that are none', async () => {
    client = startCalculator()
    expect(await failureOf(client.call('told', undefined, { timeout: -1 }))).toBeInstanceOf(TypeError)
    expect(await client.call('add', { a: 1, b: 2 }, { timeout: Infinity, idleTimeout: 2 ** 40 })).toBe(3)
  })
})

describe('A child that dies', () => {
  it('settles every call with the reason', async () => {
    client = startCalculator({ stderr: 'tee' })
    await client.call('add', { a: 1, b: 1 })
    const calls = [client.call('hang', {}), client.call('die', { code: 3 }), client.call('hang', {})]
    const errors = (await Promise.all(calls.map(failureOf))) as RpcError<
      string,
      { code: number; inFlight: string[] }
    >[]
    expect(errors.map(error => error.code)).toEqual(['WORKER_EXITED', 'WORKER_EXITED', 'WORKER_EXITED'])
    const [first] = errors
    expect(first?.message).toMatch(/exited with code 3/)
    expect(first?.message).toMatch(/about to die/)
    expect(first?.message).toMatch(/in flight: hang \(2\), die/)
    expect(first?.data).toMatchObject({ code: 3, signal: null, inFlight: ['hang', 'die', 'hang'] })
    expect(await failureOf(client.call('told'))).toMatchObject({ code: 'WORKER_EXITED' })
  })

  it('gets no call between its exit and the end of its output, and the call says how it ended', async () => {
    client = startCalculator({ stderr: 'tee' })
    const late = new Promise(resolve =>
      client.worker.on('exit', () => resolve(failureOf(client.call('add', { a: 1, b: 2 })))),
    )
    await failureOf(client.call('die', { code: 3 }))
    const error = (await late) as RpcError
    expect(error.code).toBe('WORKER_EXITED')
    expect(error.message).toMatch(/^add was not sent: .* exited with code 3 .*\n.*\n.*about to die/)
  })

  it('is started again on demand', async () => {
    client = startCalculator()
    await failureOf(client.call('die', { code: 1 }))
    void client.start()
    expect(await client.call('add', { a: 1, b: 1 })).toBe(2)
  })

  it('is stopped and started like any other while it waits to be restarted', async () => {
    client = startCalculator({
      restart: { max: 1, withinMs: 60_000, backoff: { initial: 50, jitter: 0 } },
      verbose: { info: () => undefined, error: () => undefined },
    })
    const { worker } = client
    const waiting = once(worker, 'restart')
    expect(await failureOf(client.call('die', { code: 1 }))).toMatchObject({ code: 'WORKER_EXITED' })
    await waiting
    await client.stop()
    void client.start()
    expect(await client.call('add', { a: 1, b: 2 })).toBe(3)
    const gaveUp = once(worker, 'give-up')
    expect(await failureOf(client.call('die', { code: 1 }))).toMatchObject({ code: 'WORKER_EXITED' })
    await gaveUp
    expect(await failureOf(client.call('add', { a: 1, b: 2 }))).toMatchObject({ code: 'WORKER_EXITED' })
  })

  it.each([
    ['restart', { restart: { max: 1, withinMs: 60_000, backoff: { initial: 1 } } }, false],
    ['start()', {}, true],
    ['idleStop', { idleStop: 60_000 }, false],
  ])(
    'is called after its exit, before all it wrote was read: %s sends the call to the next run',
    async (_, options, starts) => {
      const one = (client = startCalculator(options))
      await one.call('add', { a: 1, b: 1 })
      const exited = once(one.worker, 'exit')
      process.kill(one.pid ?? 0, 'SIGKILL')
      await exited
      if (starts) void one.start()
      expect(await one.call('add', { a: 1, b: 2 })).toBe(3)
    },
  )

  it('fails a call made after its exit if no run follows', async () => {
    const one = (client = startCalculator({
      restart: { max: 1, withinMs: 60_000, backoff: { initial: 1 } },
    }))
    one.worker.on('error', () => undefined)
    for (let run = 0; run < 2; run++) {
      await one.call('add', { a: 1, b: 1 })
      const exited = once(one.worker, 'exit')
      process.kill(one.pid ?? 0, 'SIGKILL')
      await exited
    }
    const failed = { code: 'WORKER_EXITED', message: expect.stringMatching(/^add was not sent: /) as string }
    expect(await failureOf(one.call('add', { a: 1, b: 2 }))).toMatchObject(failed)
    expect(await failureOf(one.call('add', { a: 1, b: 2 }))).toMatchObject(failed)
  })

  it.each([
    ['exits with 0, after which the policy restarts nothing', { code: 0 }],
    ['exits with 1, and has no policy', { code: 1, restart: undefined }],
  ])(
    'tells a call between its exit and its end that it was not sent: %s',
    async (_, { code, ...options }) => {
      const restart = { max: 1, withinMs: 60_000, backoff: { initial: 1 } }
      const one = (client = startCalculator({ restart, ...options, stderr: 'ignore' }))
      const late = new Promise(resolve =>
        one.worker.on('exit', () => resolve(failureOf(one.call('add', { a: 1, b: 2 })))),
      )
      await failureOf(one.call('die', { code }))
      const notSent = {
        code: 'WORKER_EXITED',
        message: expect.stringMatching(/^add was not sent: /) as string,
      }
      expect(await late).toMatchObject(notSent)
      expect(await failureOf(one.call('add', { a: 1, b: 2 }))).toMatchObject(notSent)
    },
  )

  it('is called by listeners of its end: they wait for the restart that comes', async () => {
    const one = (client = startCalculator({
      restart: { max: 1, withinMs: 60_000, backoff: { initial: 1 } },
      stderr: 'ignore',
    }))
    const calls: Promise<unknown>[] = []
    for (const event of ['exit', 'close', 'restart'] as const)
      one.worker.once(event, () => calls.push(one.call('add', { a: calls.length, b: 1 })))
    await failureOf(one.call('die', { code: 1 }))
    await once(one.worker, 'start')
    expect(await Promise.all(calls)).toEqual([1, 2, 3])
  })

  it('refuses calls that come late to a program that was told to stop, and keeps them if start() was called', async () => {
    const one = (client = startCalculator())
    await one.call('add', { a: 1, b: 1 })
    let late: Promise<unknown> | undefined
    const calls = (): void => {
      late = one.call('add', { a: 1, b: 2 })
      late.catch(() => undefined)
    }
    one.worker.once('exit', calls)
    const stopping = one.stop()
    await expect(one.call('add', { a: 1, b: 2 })).rejects.toMatchObject({ code: 'STOPPED' })
    await stopping
    await expect(late).rejects.toMatchObject({ code: 'STOPPED' })
    void one.start()
    await one.call('add', { a: 1, b: 1 })
    one.worker.once('exit', calls)
    const again = one.stop()
    void one.start()
    const early = one.call('add', { a: 2, b: 2 })
    await again
    expect(await Promise.all([early, late])).toEqual([4, 3])
  })

  it('is restarted by itself if asked for, and calls made meanwhile wait', async () => {
    client = startCalculator({ restart: { max: 3, withinMs: 60_000, backoff: { initial: 1 } } })
    const first = client.call('die', { code: 1 })
    expect(await failureOf(first)).toMatchObject({ code: 'WORKER_EXITED' })
    expect(await client.call('add', { a: 1, b: 1 })).toBe(2)
  })

  it('of itself, with nothing answered, is said to have forgotten serve', async () => {
    client = startCalculator({}, 'calculator-contract.mjs')
    expect(await failureOf(client.call('told'))).toMatchObject({
      code: 'WORKER_EXITED',
      message: expect.stringMatching(/exited with code 0 .*\nhint: .* does it call serve\?$/) as unknown,
    })
  })

  it.each([true, false])('that sends back what it gets is found out (verify: %s)', async verify => {
    const one = (client = new Client(calculator, 'cat', {
      verify,
      host: { confirm: () => true, nest: () => 0 },
    }))
    const failed = {
      code: 'UNREADABLE_MESSAGE',
      method: 'add',
      message: expect.stringContaining('seems to echo its input') as string,
    }
    for (let i = 0; i < 2; i++) expect(await failureOf(one.call('add', { a: 1, b: 2 }))).toMatchObject(failed)
  })

  it('that cannot be started says why', async () => {
    client = new (startCalculator({ start: false }).constructor as typeof Client)(
      (await import('./fixtures/calculator-contract.mjs')).calculator,
      ['/does/not/exist'],
      { host: { confirm: () => true, nest: () => 0 } },
    )
    expect(await failureOf(client.call('told'))).toMatchObject({
      code: 'WORKER_EXITED',
      message: expect.stringContaining('/does/not/exist') as unknown,
    })
  })
})

describe('Stopping', () => {
  it('settles every call and ends the program', async () => {
    client = startCalculator()
    await client.call('add', { a: 1, b: 1 })
    const hanging = failureOf(client.call('hang', {}))
    const { pid } = client
    await client.stop()
    expect(await hanging).toMatchObject({ code: 'STOPPED' })
    expect(() => process.kill(pid ?? 0, 0)).toThrow()
    expect(await failureOf(client.call('told'))).toMatchObject({ code: 'STOPPED' })
    expect(client.running).toBe(false)
  })

  it('waits for calls in flight when it is told to drain', async () => {
    client = startCalculator()
    await client.call('add', { a: 1, b: 1 })
    const slow = client.call('count', { to: 5000 })
    const stopping = client.stop({ drain: 20_000 })
    expect(await failureOf(client.call('told'))).toMatchObject({ code: 'STOPPED' })
    expect(await slow).toBe(5000)
    await stopping
  })

  it('before the program has started settles the calls that wait', async () => {
    client = startCalculator()
    const call = failureOf(client.call('told'))
    await client.stop()
    expect(await call).toMatchObject({ code: 'STOPPED' })
  })

  it('can be followed by a start at once', async () => {
    client = startCalculator()
    await client.call('told')
    const stopping = client.stop()
    void client.start()
    expect(await client.call('add', { a: 1, b: 1 })).toBe(2)
    await stopping
  })

  it.each([
    ['client.stop()', (one: { stop(): Promise<void> }) => one.stop(), 'STOPPED'],
    ['client.worker.stop()', (one: Client<typeof calculator.spec>) => one.worker.stop(), 'WORKER_EXITED'],
  ] as const)('by %s while a restart is due settles the calls that wait', async (_, stop, code) => {
    const one = (client = startCalculator({
      restart: { max: 1, withinMs: 60_000, backoff: { initial: 30_000, jitter: 0 } },
      stderr: 'ignore',
    }))
    const restart = once(one.worker, 'restart')
    await failureOf(one.call('die', { code: 1 }))
    await restart
    const waiting = failureOf(one.call('add', { a: 1, b: 2 }))
    await stop(one)
    expect(await waiting).toMatchObject({ code })
    expect(await failureOf(one.call('add', { a: 1, b: 2 }))).toMatchObject({ code })
  })

  it('by a signal that was aborted before the start settles what was called', async () => {
    client = startCalculator({ signal: AbortSignal.abort() })
    expect(await failureOf(client.call('add', { a: 1, b: 2 }))).toMatchObject({
      code: 'WORKER_EXITED',
      message: expect.stringMatching(/^add was not sent: .*could not be started: .* aborted/) as string,
    })
  })

  it('answers what the child has asked', async () => {
    client = startCalculator({ stderr: 'ignore' })
    await client.call('told')
    const asking = failureOf(client.call('ask', { question: 'x' }))
    await client.stop()
    expect(await asking).toMatchObject({ code: 'STOPPED' })
  })
})

describe('A lazy client', () => {
  it('starts the program at the first call', async () => {
    client = startCalculator({ lazy: true })
    expect(client.running).toBe(false)
    expect(await client.call('add', { a: 1, b: 1 })).toBe(2)
    expect(client.running).toBe(true)
  })

  it('stops it when nobody calls, and starts it again', async () => {
    client = startCalculator({ lazy: true, idleStop: 20 })
    await client.call('add', { a: 1, b: 1 })
    const { pid } = client
    await once(client.worker, 'close')
    expect(client.running).toBe(false)
    expect(await client.call('add', { a: 1, b: 2 })).toBe(3)
    expect(client.pid).not.toBe(pid)
  })

  it('loses no call that is made while the program falls asleep', async () => {
    client = startCalculator({ idleStop: 1 })
    for (let n = 0; n < 10; n++) {
      expect(await client.call('add', { a: n, b: 0 })).toBe(n)
      await new Promise(resolve => setTimeout(resolve, n))
    }
  })
})
