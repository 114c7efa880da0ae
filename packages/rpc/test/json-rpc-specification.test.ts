import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { connect, defineContract, RpcError } from '@simple-ipc/rpc'
import { RawEnd } from './raw-peer.js'

// https://www.jsonrpc.org/specification, section 7: every example, with its own numbers. Their methods take params in
// both structures, which no contract says: they are answered by a fallback.
const contract = defineContract({ name: 'specification', version: '1.0.0', foreign: true })
const update: unknown[] = []

function server(): RawEnd {
  const host = new RawEnd()
  connect(contract, host.input, host.output, {
    side: 'child',
    handlers: {},
    fallback: (method, params) => {
      const [first = 0, ...rest] = Array.isArray(params) ? (params as number[]) : []
      if (method === 'subtract') {
        const { minuend = first, subtrahend = rest[0] ?? 0 } = params as {
          minuend?: number
          subtrahend?: number
        }
        return minuend - subtrahend
      }
      if (method === 'sum') return rest.reduce((a, b) => a + b, first)
      if (method === 'get_data') return ['hello', 5]
      throw new RpcError(-32601, 'Method not found')
    },
    onUnknownNotification: (method, params) => update.push([method, params]),
  })
  return host
}

/** What is answered to one text, and that nothing else is. */
async function answerTo(text: string): Promise<unknown> {
  const host = server()
  host.say(text)
  host.say('{"jsonrpc":"2.0","id":"end","method":"sum"}')
  const answers = []
  for (;;) {
    const answer = await host.next()
    if (answer.id === 'end') return answers.length > 1 ? answers : answers[0]
    answers.push(answer)
  }
}
const error = (code: number, id: unknown = null) => ({
  jsonrpc: '2.0',
  error: expect.objectContaining({ code }) as unknown,
  id,
})

describe('The examples of the JSON-RPC 2.0 specification', () => {
  it('answers calls with positional parameters', async () => {
    expect(await answerTo('{"jsonrpc": "2.0", "method": "subtract", "params": [42, 23], "id": 1}')).toEqual({
      jsonrpc: '2.0',
      result: 19,
      id: 1,
    })
    expect(await answerTo('{"jsonrpc": "2.0", "method": "subtract", "params": [23, 42], "id": 2}')).toEqual({
      jsonrpc: '2.0',
      result: -19,
      id: 2,
    })
  })

  it('answers calls with named parameters, in any order', async () => {
    const named =
      '{"jsonrpc": "2.0", "method": "subtract", "params": {"subtrahend": 23, "minuend": 42}, "id": 3}'
    expect(await answerTo(named)).toEqual({ jsonrpc: '2.0', result: 19, id: 3 })
    const turned =
      '{"jsonrpc": "2.0", "method": "subtract", "params": {"minuend": 42, "subtrahend": 23}, "id": 4}'
    expect(await answerTo(turned)).toEqual({ jsonrpc: '2.0', result: 19, id: 4 })
  })

  it('answers no notification', async () => {
    update.length = 0
    expect(await answerTo('{"jsonrpc": "2.0", "method": "update", "params": [1,2,3,4,5]}')).toBeUndefined()
    expect(await answerTo('{"jsonrpc": "2.0", "method": "foobar"}')).toBeUndefined()
    expect(update).toEqual([
      ['update', [1, 2, 3, 4, 5]],
      ['foobar', undefined],
    ])
  })

  it('answers a method that does not exist', async () => {
    expect(await answerTo('{"jsonrpc": "2.0", "method": "foobar", "id": "1"}')).toEqual(error(-32601, '1'))
  })

  it('answers invalid JSON', async () => {
    expect(await answerTo('{"jsonrpc": "2.0", "method": "foobar, "params": "bar", "baz]')).toEqual(
      error(-32700),
    )
  })

  it('answers an invalid request object', async () => {
    expect(await answerTo('{"jsonrpc": "2.0", "method": 1, "params": "bar"}')).toEqual(error(-32600))
  })

  it('answers a batch that is invalid JSON once', async () => {
    const text =
      '[ {"jsonrpc": "2.0", "method": "sum", "params": [1,2,4], "id": "1"}, {"jsonrpc": "2.0", "method" ]'
    expect(await answerTo(text)).toEqual(error(-32700))
  })

  it('answers an empty array', async () => {
    expect(await answerTo('[]')).toEqual(error(-32600))
  })

  it('answers an invalid batch that is not empty', async () => {
    expect(await answerTo('[1]')).toEqual([error(-32600)])
    expect(await answerTo('[1,2,3]')).toEqual([error(-32600), error(-32600), error(-32600)])
  })

  it('answers a batch with one array', async () => {
    update.length = 0
    const batch = `[
        {"jsonrpc": "2.0", "method": "sum", "params": [1,2,4], "id": "1"},
        {"jsonrpc": "2.0", "method": "notify_hello", "params": [7]},
        {"jsonrpc": "2.0", "method": "subtract", "params": [42,23], "id": "2"},
        {"foo": "boo"},
        {"jsonrpc": "2.0", "method": "foo.get", "params": {"name": "myself"}, "id": "5"},
        {"jsonrpc": "2.0", "method": "get_data", "id": "9"}
    ]`
    const answer = await answerTo(batch.replaceAll('\n', ' '))
    expect(answer).toHaveLength(5)
    expect(answer).toEqual(
      expect.arrayContaining([
        { jsonrpc: '2.0', result: 7, id: '1' },
        { jsonrpc: '2.0', result: 19, id: '2' },
        error(-32600),
        error(-32601, '5'),
        { jsonrpc: '2.0', result: ['hello', 5], id: '9' },
      ]),
    )
    expect(update).toEqual([['notify_hello', [7]]])
  })

  it('answers nothing to a batch of notifications', async () => {
    const text =
      '[{"jsonrpc": "2.0", "method": "notify_sum", "params": [1,2,4]}, {"jsonrpc": "2.0", "method": "notify_hello", "params": [7]}]'
    expect(await answerTo(text)).toBeUndefined()
  })

  it('answers a batch when its slowest call is over, and others meanwhile', async () => {
    const host = new RawEnd()
    let open: (value: string) => void = () => undefined
    connect(
      contract,
      new PassThrough().on('pipe', () => undefined),
      new PassThrough(),
      { side: 'child', handlers: {} },
    )
    connect(contract, host.input, host.output, {
      side: 'child',
      handlers: {},
      fallback: method => (method === 'slow' ? new Promise(resolve => (open = resolve)) : 'fast'),
    })
    host.say('[{"jsonrpc":"2.0","method":"slow","id":1},{"jsonrpc":"2.0","method":"quick","id":2}]')
    host.say('{"jsonrpc":"2.0","method":"quick","id":3}')
    expect(await host.next()).toEqual({ jsonrpc: '2.0', id: 3, result: 'fast' })
    open('slow')
    expect(await host.next()).toEqual([
      { jsonrpc: '2.0', id: 2, result: 'fast' },
      { jsonrpc: '2.0', id: 1, result: 'slow' },
    ])
  })
})
