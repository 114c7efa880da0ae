import { AsyncLocalStorage } from 'node:async_hooks'
import { Client, connect, createPair, Pool, type Context } from '@simple-ipc/rpc'
import { afterEach, describe, expect, it } from 'vitest'
import { told } from './fixtures/told-contract.mjs'
import { RawEnd } from './raw-peer.js'
import { failureOf, fixture } from './start-calculator.js'

type Told = Pick<Context<never, object, unknown>, 'meta' | 'for'>
const seen = (context: Told) => ({ meta: { ...context.meta }, serves: context.for !== undefined })
const host = { hostWho: (_: unknown, context: Told) => seen(context) }
const program = [process.execPath, fixture('told.mjs')]

let close: () => unknown = () => undefined
afterEach(() => close())

function start(options: { meta?: () => Record<string, string> } = {}) {
  const client = new Client(told, program, { host, ...options })
  close = () => client.stop()
  return client
}

/** A host whose child is played by hand. */
function rawChild(meta?: () => Record<string, string>) {
  const far = new RawEnd()
  const client = connect(told, far.input, far.output, { side: 'host', handlers: host, verify: false, meta })
  close = () => client.close()
  return { client, far }
}

describe('What a call tells', () => {
  it('is nothing unless somebody says something', async () => {
    expect(await start().call('who')).toEqual({ meta: {}, serves: false })
  })

  it('is what the options of the call and of its side say, the call’s first', async () => {
    const client = start({ meta: () => ({ a: 'side', b: 'side' }) })
    expect((await client.call('who')).meta).toEqual({ a: 'side', b: 'side' })
    const meta = { b: 'call', 'c d': 'größe "\n' }
    expect((await client.call('who', undefined, { meta })).meta).toEqual({
      a: 'side',
      b: 'call',
      'c d': 'größe "\n',
    })
    expect((await client.methods.who(undefined, { meta })).meta).toMatchObject(meta)
    expect((await client.call('who', undefined, { meta: {} })).meta).toEqual({ a: 'side', b: 'side' })
    expect((await client.call('who', undefined, { meta: null })).meta).toEqual({})
    const each = []
    for await (const one of client.stream('whoEach', undefined, { meta: { d: 'stream' } }))
      each.push(one.meta)
    expect(each).toEqual([{ a: 'side', b: 'side', d: 'stream' }])
  })

  it('is asked for when the call is made, also before the program runs', async () => {
    const store = new AsyncLocalStorage<string>()
    const client = start({ meta: () => ({ in: store.getStore() ?? 'nowhere' }) })
    const calls = ['one', 'two'].map(name => store.run(name, () => client.call('who')))
    expect((await Promise.all(calls)).map(({ meta }) => meta)).toEqual([{ in: 'one' }, { in: 'two' }])
  })

  it('is passed on by the calls of its handler, which say which call they serve', async () => {
    const client = start()
    expect(await client.call('askHost', undefined, { meta: { trace: '1' } })).toEqual({
      meta: { trace: '1' },
      serves: true,
    })
    expect(await client.call('askHost')).toEqual({ meta: {}, serves: true })
  })

  it('is asked for in a pool when the call is made, not when a child has room for it', async () => {
    const store = new AsyncLocalStorage<string>()
    const pool = new Pool(told, program, {
      host,
      size: 1,
      concurrency: 1,
      meta: () => ({ in: store.getStore() ?? 'nowhere' }),
    })
    close = () => pool.stop()
    const calls = ['one', 'two', 'three'].map(name => store.run(name, () => pool.call('slow', { ms: 20 })))
    expect((await Promise.all(calls)).map(({ meta }) => meta['in'])).toEqual(['one', 'two', 'three'])
    expect((await pool.call('who', undefined, { meta: { in: 'call' } })).meta).toEqual({ in: 'call' })
    expect((await pool.call('who', undefined, { meta: null })).meta).toEqual({})
    const none = AbortSignal.timeout(1000) as never
    expect(await failureOf(pool.call('who', undefined, none))).toBeInstanceOf(TypeError)
  })

  it('travels in memory, too', async () => {
    const pair = createPair(
      told,
      {
        who: (_, context) => seen(context),
        askHost: (_, { peer }) => peer.call('hostWho', undefined, { meta: { more: '2' } }),
        slow: (_, context) => seen(context),
        // eslint-disable-next-line require-yield -- nothing is asked of it here
        async *whoEach() {
          await Promise.resolve()
        },
      },
      { host },
    )
    close = () => pair.close()
    expect(await pair.client.call('askHost', undefined, { meta: { trace: '1' } })).toEqual({
      meta: { trace: '1', more: '2' },
      serves: true,
    })
  })
})

describe('On the wire', () => {
  it('stands behind the method and before the params, of requests and notifications', async () => {
    const { client, far } = rawChild(() => ({ a: '1' }))
    let text = ''
    far.output.on('data', (chunk: string) => (text += chunk))
    void client.call('slow', { ms: 1 }).catch(() => undefined)
    client.notify('note', {})
    await far.next()
    await far.next()
    expect(text.split('\n').slice(0, 2)).toEqual([
      '{"jsonrpc":"2.0","id":1,"method":"slow","meta":{"a":"1"},"params":{"ms":1}}',
      '{"jsonrpc":"2.0","method":"note","meta":{"a":"1"},"params":{}}',
    ])
  })

  it('says which call is served only if that is open here', async () => {
    const { client, far } = rawChild()
    void client.call('who').catch(() => undefined)
    await far.next()
    const ask = async (served: unknown): Promise<unknown> => {
      far.say({ jsonrpc: '2.0', id: 7, method: 'hostWho', meta: { a: '1' }, for: served })
      return (await far.next()).result
    }
    expect(await ask(1)).toEqual({ meta: { a: '1' }, serves: true })
    for (const served of [2, '1', null, {}, 1.5])
      expect(await ask(served)).toEqual({ meta: { a: '1' }, serves: false })
  })

  it.each([[null], [[]], ['a'], [5], [{ a: 1 }], [{ a: null }], [{ a: 'x'.repeat(8200) }]])(
    'is refused when it is something else: case %#',
    async meta => {
      const { client, far } = rawChild()
      const errors: string[] = []
      far.say({ jsonrpc: '2.0', id: 7, method: 'hostWho', meta })
      expect(await far.next()).toMatchObject({
        id: 7,
        error: { code: -32600, message: expect.stringMatching(/^The meta of a message must be/) as string },
      })
      const heard = client.on('heard', () => errors.push('heard'))
      far.say(
        { jsonrpc: '2.0', method: 'heard', meta, params: {} },
        { jsonrpc: '2.0', method: 'heard', meta: { a: '' }, params: {} },
      )
      await far.untilQuiet()
      heard()
      expect(errors).toEqual(['heard'])
    },
  )

  it('is never sent to a foreign program, and means nothing from one', async () => {
    const far = new RawEnd()
    const { foreign } = await import('./fixtures/told-contract.mjs')
    const client = connect(foreign, far.input, far.output, {
      side: 'host',
      handlers: host,
      meta: () => ({ a: '1' }),
    })
    close = () => client.close()
    void client.call('who', undefined, { meta: { b: '2' } }).catch(() => undefined)
    expect(await far.next()).toEqual({ jsonrpc: '2.0', id: 1, method: 'who' })
    far.say({ jsonrpc: '2.0', id: 7, method: 'hostWho', meta: 5, for: 1 })
    expect(await far.next()).toMatchObject({ id: 7, result: { meta: {}, serves: false } })
  })
})

describe('What cannot be told', () => {
  it('fails the call before anything is sent, and a notification at once', async () => {
    const { client, far } = rawChild()
    const long = await failureOf(client.call('who', undefined, { meta: { a: 'ä'.repeat(5000) } }))
    expect(long).toMatchObject({
      code: 'MESSAGE_TOO_LARGE',
      message: expect.stringMatching(
        /^who was not sent: its meta has 10008 bytes as JSON, and 8192 are allowed/,
      ) as string,
      shortMessage: 'who was not sent: its meta is too large',
    })
    expect(await failureOf(client.call('who', undefined, { meta: { a: 1 } as never }))).toMatchObject({
      code: 'INVALID_PARAMS',
      message: "who was not sent: its meta must be an object of strings, and 'a' is none",
    })
    expect(await failureOf(client.call('who', undefined, { meta: 5 as never }))).toBeInstanceOf(TypeError)
    expect(await far.untilQuiet()).toEqual([])
  })

  it.each([
    [() => 5, 'what the option meta returned must be an object of strings'],
    [() => ({ a: undefined }), "what the option meta returned must be an object of strings, and 'a' is none"],
    [
      () => {
        throw new RangeError('on purpose')
      },
      'the option meta threw: on purpose',
    ],
  ])('names the option: %#', async (meta, says) => {
    const { client, far } = rawChild(meta as never)
    expect(await failureOf(client.call('who'))).toMatchObject({
      code: 'INVALID_PARAMS',
      message: `who was not sent: ${says}`,
    })
    expect(() => client.notify('note', {})).toThrow(says)
    expect(await far.untilQuiet()).toEqual([])
  })
})
