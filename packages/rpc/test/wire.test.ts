import { describe, expect, it } from 'vitest'
import { rawChild, rawHost, type Message } from './raw-peer.js'

const error = (id: unknown, code: number, data?: unknown) => ({
  jsonrpc: '2.0',
  id,
  error: { code, message: expect.any(String) as unknown, ...(data === undefined ? {} : { data }) },
})
const tooLarge = { reason: 'MESSAGE_TOO_LARGE' }

describe('A child sorts what it reads (protocol, sections 2 and 3)', () => {
  it.each<[string, string, unknown[]]>([
    [
      'CRLF and spaces around a message',
      '  {"jsonrpc":"2.0","id":1,"method":"add","params":{"a":1,"b":2}} \r',
      [{ jsonrpc: '2.0', id: 1, result: 3 }],
    ],
    [
      'a byte order mark at the very start',
      '\ufeff{"jsonrpc":"2.0","id":1,"method":"add","params":{"a":1,"b":2}}',
      [{ jsonrpc: '2.0', id: 1, result: 3 }],
    ],
    [
      'an id that comes last',
      '{"jsonrpc":"2.0","method":"add","params":{"a":1,"b":2},"id":"x"}',
      [{ jsonrpc: '2.0', id: 'x', result: 3 }],
    ],
    [
      'an id written as a fraction',
      '{"jsonrpc":"2.0","id":7.0,"method":"told"}',
      [{ jsonrpc: '2.0', id: 7, result: [] }],
    ],
    [
      'an id of minus zero',
      '{"jsonrpc":"2.0","id":-0,"method":"told"}',
      [{ jsonrpc: '2.0', id: 0, result: [] }],
    ],
    [
      'the largest id',
      '{"jsonrpc":"2.0","id":9007199254740991,"method":"told"}',
      [{ jsonrpc: '2.0', id: 9007199254740991, result: [] }],
    ],
    ['an id too large', '{"jsonrpc":"2.0","id":9007199254740992,"method":"told"}', [error(null, -32600)]],
    ['an id with a fraction', '{"jsonrpc":"2.0","id":1.5,"method":"told"}', [error(null, -32600)]],
    ['an id of null', '{"jsonrpc":"2.0","id":null,"method":"told"}', [error(null, -32600)]],
    ['an id that is an object', '{"jsonrpc":"2.0","id":{},"method":"told"}', [error(null, -32600)]],
    ['a method that is no string', '{"jsonrpc":"2.0","id":5,"method":7}', [error(5, -32600)]],
    ['a method of null', '{"jsonrpc":"2.0","id":5,"method":null}', [error(5, -32600)]],
    ['params that are a string', '{"jsonrpc":"2.0","id":5,"method":"told","params":"x"}', [error(5, -32600)]],
    [
      'params of null, which count as absent',
      '{"jsonrpc":"2.0","id":5,"method":"told","params":null}',
      [{ jsonrpc: '2.0', id: 5, result: [] }],
    ],
    [
      'unknown members',
      '{"jsonrpc":"2.0","id":5,"method":"told","extra":{"a":[1]}}',
      [{ jsonrpc: '2.0', id: 5, result: [] }],
    ],
    [
      'members twice, of which the last wins',
      '{"jsonrpc":"2.0","id":5,"id":6,"method":"told"}',
      [{ jsonrpc: '2.0', id: 6, result: [] }],
    ],
    ['another version', '{"jsonrpc":"1.0","id":5,"method":"told"}', [error(null, -32600)]],
    ['no version', '{"id":5,"method":"told"}', [error(null, -32600)]],
    ['an object that is no message', '{"jsonrpc":"2.0"}', [error(null, -32600)]],
    ['an empty array', '[]', [error(null, -32600)]],
    ['a brace that opens no JSON', '{oh', [error(null, -32700)]],
    ['text, a number and an empty line', 'hello', []],
    ['a number', '42', []],
    ['an empty line', '', []],
    ['glued text, which only hosts look for', 'x{"jsonrpc":"2.0","id":1,"method":"told"}', []],
    [
      'a method that does not exist',
      '{"jsonrpc":"2.0","id":1,"method":"nope"}',
      [error(1, -32601, { method: 'nope' })],
    ],
    [
      'a method named like a prototype’s',
      '{"jsonrpc":"2.0","id":1,"method":"constructor"}',
      [error(1, -32601, { method: 'constructor' })],
    ],
    [
      'a method named __proto__',
      '{"jsonrpc":"2.0","id":1,"method":"__proto__"}',
      [error(1, -32601, { method: '__proto__' })],
    ],
    [
      'an unknown request of the protocol’s own',
      '{"jsonrpc":"2.0","id":1,"method":"$/x"}',
      [error(1, -32601, { method: '$/x' })],
    ],
    ['an unknown notification of the protocol’s own', '{"jsonrpc":"2.0","method":"$/x"}', []],
    [
      'a notification called as a method',
      '{"jsonrpc":"2.0","id":1,"method":"tell","params":{"text":"x"}}',
      [error(1, -32601, { method: 'tell' })],
    ],
    [
      'params that do not fit',
      '{"jsonrpc":"2.0","id":1,"method":"add","params":{"a":1,"b":"2"}}',
      [error(1, -32602, { issues: [{ path: '/b', message: expect.any(String) as unknown }] })],
    ],
    [
      'absent params that do not fit',
      '{"jsonrpc":"2.0","id":1,"method":"add"}',
      [error(1, -32602, { issues: [{ path: '/a', message: expect.any(String) as unknown }] })],
    ],
    [
      'a result that does not fit',
      '{"jsonrpc":"2.0","id":1,"method":"wrong"}',
      [error(1, -32603, { issues: [{ path: '', message: expect.any(String) as unknown }] })],
    ],
    ['an unreadable request', '{"jsonrpc":"2.0","id":1,"method":"add","params":{"a":', [error(1, -32700)]],
    [
      'an unreadable request without an id',
      '{"jsonrpc":"2.0","method":"add","params":{"a":',
      [error(null, -32700)],
    ],
    [
      'an overflowing number',
      '{"jsonrpc":"2.0","id":1,"method":"add","params":{"a":1e400,"b":2}}',
      [error(1, -32700)],
    ],
    [
      'a message too deep',
      `{"jsonrpc":"2.0","id":1,"method":"echo","params":{"value":${'['.repeat(200)}${']'.repeat(200)}}}`,
      [error(1, -32600)],
    ],
    [
      'lone surrogates',
      '{"jsonrpc":"2.0","id":1,"method":"echo","params":{"value":"a\\uD800b\\udc00\\ud83d\\ude00\\\\ud800"}}',
      [{ jsonrpc: '2.0', id: 1, result: 'a\ufffdb\ufffd\u{1f600}\\ud800' }],
    ],
    [
      'a member named __proto__',
      '{"jsonrpc":"2.0","id":1,"method":"echo","params":{"value":{"__proto__":1}}}',
      [{ jsonrpc: '2.0', id: 1, result: JSON.parse('{"__proto__":1}') as unknown }],
    ],
    [
      'minus zero',
      '{"jsonrpc":"2.0","id":1,"method":"echo","params":{"value":[-0]}}',
      [{ jsonrpc: '2.0', id: 1, result: [0] }],
    ],
    [
      'U+2028 inside a string',
      '{"jsonrpc":"2.0","id":1,"method":"echo","params":{"value":"a\u2028b"}}',
      [{ jsonrpc: '2.0', id: 1, result: 'a\u2028b' }],
    ],
    ['a response to an id never used', '{"jsonrpc":"2.0","id":99,"result":1}', []],
    [
      'a response with an id of null',
      '{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"?"}}',
      [],
    ],
  ])('bears %s', async (_, line, answers) => {
    const { host } = rawChild()
    host.say(line)
    expect(await host.untilQuiet()).toEqual(answers)
  })

  it('refuses an id that is still running, with id null, and leaves the call alone', async () => {
    const { host } = rawChild()
    host.say({ jsonrpc: '2.0', id: 1, method: 'hang', params: {} }, { jsonrpc: '2.0', id: 1, method: 'told' })
    expect(await host.next()).toEqual(error(null, -32600))
    host.say({ jsonrpc: '2.0', id: 1, method: 5 })
    expect(await host.next()).toEqual(error(null, -32600))
    host.say({ jsonrpc: '2.0', method: '$/cancelRequest', params: { id: 1 } })
    expect(await host.next()).toEqual(error(1, -32800))
  })

  it('tells "1" and 1 apart', async () => {
    const { host } = rawChild()
    host.say(
      { jsonrpc: '2.0', id: 1, method: 'hang', params: {} },
      { jsonrpc: '2.0', id: '1', method: 'told' },
    )
    expect(await host.next()).toEqual({ jsonrpc: '2.0', id: '1', result: [] })
  })

  it('answers a request too large, and one without an id with null, and goes on', async () => {
    const { host } = rawChild({ maxMessageBytes: 1000 })
    host.say({ jsonrpc: '2.0', id: 'big', method: 'echo', params: { value: 'x'.repeat(2000) } })
    expect(await host.next()).toEqual(error('big', -32600, tooLarge))
    host.say({ jsonrpc: '2.0', method: 'tell', params: { text: 'x'.repeat(2000) } })
    expect(await host.next()).toEqual(error(null, -32600, tooLarge))
    host.say({ jsonrpc: '2.0', method: 'echo', params: { value: 'x'.repeat(2000) }, id: 3 })
    expect(await host.next()).toEqual(error(null, -32600, tooLarge))
    expect(await host.untilQuiet()).toEqual([])
  })

  it('answers for a result too large instead of sending it', async () => {
    const { host } = rawChild({ maxMessageBytes: 1000 })
    host.say({ jsonrpc: '2.0', id: 1, method: 'echo', params: { value: '\u0001'.repeat(150) } })
    expect(await host.next()).toMatchObject({ id: 1, result: expect.any(String) as unknown })
    host.say(`{"jsonrpc":"2.0","id":2,"method":"echo","params":{"value":"${'\u007f'.repeat(925)}"}}`)
    expect(await host.next()).toMatchObject({ id: 2 })
  })

  it('answers rpc.ping and rpc.contract', async () => {
    const { host } = rawChild()
    host.say({ jsonrpc: '2.0', id: 1, method: 'rpc.ping' }, { jsonrpc: '2.0', id: 2, method: 'rpc.contract' })
    expect(await host.next()).toEqual({ jsonrpc: '2.0', id: 1, result: null })
    expect((await host.next()).result).toEqual({
      protocol: 2,
      name: 'calculator',
      version: '1.0.0',
      hash: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) as unknown,
      runtime: expect.stringMatching(/^node\//) as unknown,
    })
  })

  it('hands lines that are no message to its handler, answers none of them, and takes only batches that hold a message', async () => {
    const lines: string[] = []
    const { host } = rawChild({ onLine: line => lines.push(line) })
    host.say('hello', '{oh', '[]', '[1]', '{"a":1}', '', '[{"jsonrpc":"2.0","id":1,"method":"told"},2]')
    expect(await host.untilQuiet()).toEqual([[{ jsonrpc: '2.0', id: 1, result: [] }, error(null, -32600)]])
    expect(lines).toEqual(['hello', '{oh', '[]', '[1]', '{"a":1}', ''])
  })

  it('keeps the answer to a whole batch within the size limit: what does not fit says so', async () => {
    const limit = 1000
    // A method's name says how long its result is.
    const fallback = (method: string): string => 'x'.repeat(Number(method))
    const { host } = rawChild({ maxMessageBytes: limit, fallback })
    const request = (id: unknown, method: string): object => ({ jsonrpc: '2.0', id, method })
    host.say([request(0, '100'), request(1, '600'), request(2, '100'), request('r', 'told')])
    const answers = (await host.next()) as Message[]
    expect(Buffer.byteLength(JSON.stringify(answers))).toBeLessThanOrEqual(limit)
    const byId = new Map(answers.map(answer => [answer.id, answer]))
    expect(byId.size).toBe(4)
    expect(byId.get('r')?.result).toEqual([])
    expect(byId.get(0)?.result).toBe('x'.repeat(100))
    // Beside what the other three need at least there is no room for it.
    expect(byId.get(1)).toEqual(error(1, -32603, tooLarge))
    expect(byId.get(2)?.result).toBe('x'.repeat(100))
  })

  it('refuses a batch as a whole, and starts nothing of it, if not even its refusals would fit', async () => {
    const { host } = rawChild({ maxMessageBytes: 1000 })
    host.say(Array.from({ length: 400 }, () => 1))
    expect(await host.next()).toEqual(error(null, -32600, tooLarge))
    const tell = { jsonrpc: '2.0', method: 'tell', params: { text: 'x' } }
    host.say([tell, ...Array.from({ length: 20 }, (_, id) => ({ jsonrpc: '2.0', id, method: 'x' }))])
    expect(await host.next()).toEqual(error(null, -32600, tooLarge))
    expect(await host.untilQuiet()).toEqual([])
  })

  it('does not repeat a name in a refusal that would be too large', async () => {
    const { host } = rawChild({ maxMessageBytes: 1000 })
    host.say({ jsonrpc: '2.0', id: 1, method: 'x'.repeat(900) })
    expect(await host.next()).toEqual(error(1, -32603, tooLarge))
  })

  it('bears a missing version when it is lenient', async () => {
    const { host } = rawChild({ lenient: true })
    host.say('{"id":5,"method":"told"}')
    expect(await host.next()).toEqual({ jsonrpc: '2.0', id: 5, result: [] })
  })
})

describe('A host sorts what it reads', () => {
  it('and says which answer it did not take because it says no version', async () => {
    const told: string[] = []
    const lines: string[] = []
    const { client, child } = rawHost({
      onProtocolError: text => told.push(text),
      onLine: line => lines.push(line),
    })
    const call = client.call('add', { a: 1, b: 2 })
    const { id } = await child.next()
    const bare = `{"id":${String(id)},"result":3}`
    child.say(bare)
    child.say('{"id":77,"result":3}')
    child.say({ jsonrpc: '2.0', id, result: 4 })
    expect(await call).toBe(4)
    expect(lines).toEqual([bare, '{"id":77,"result":3}'])
    expect(told).toEqual([
      `An answer to ${String(id)} without "jsonrpc": "2.0" was taken for a plain line: pass lenient: true to accept such messages`,
    ])
  })

  const ask = async (
    answer: (id: number) => string,
  ): Promise<{ outcome: unknown; host: ReturnType<typeof rawHost> }> => {
    const host = rawHost({ maxMessageBytes: 1000 })
    const call = host.client.call('add', { a: 1, b: 2 })
    const { id } = await host.child.next()
    host.child.say(answer(id as number))
    const outcome = await call.catch((thrown: unknown) => thrown)
    return { outcome, host }
  }

  it.each<[string, (id: number) => string, unknown]>([
    ['a result', id => `{"jsonrpc":"2.0","id":${id},"result":3}`, 3],
    ['an id that comes last, written as a fraction', id => `{"jsonrpc":"2.0","result":3,"id":${id}.0}`, 3],
    ['an error of null beside a result', id => `{"jsonrpc":"2.0","id":${id},"result":3,"error":null}`, 3],
    [
      'an error, which wins over a result',
      id => `{"jsonrpc":"2.0","id":${id},"result":3,"error":{"code":5,"message":"no"}}`,
      expect.objectContaining({ code: 5, message: 'no' }),
    ],
    [
      'an error that is a string',
      id => `{"jsonrpc":"2.0","id":${id},"error":"no"}`,
      expect.objectContaining({ code: -32603 }),
    ],
    [
      'a result that does not fit',
      id => `{"jsonrpc":"2.0","id":${id},"result":"3"}`,
      expect.objectContaining({ code: 'INVALID_RESULT' }),
    ],
    [
      'neither result nor error',
      id => `{"jsonrpc":"2.0","id":${id}}`,
      expect.objectContaining({ code: 'INVALID_RESULT' }),
    ],
    [
      'a response cut off',
      id => `{"jsonrpc":"2.0","id":${id},"result":`,
      expect.objectContaining({ code: 'UNREADABLE_MESSAGE' }),
    ],
    [
      'a response that overflows',
      id => `{"jsonrpc":"2.0","id":${id},"result":1e999}`,
      expect.objectContaining({ code: 'UNREADABLE_MESSAGE' }),
    ],
    [
      'a response too deep',
      id => `{"jsonrpc":"2.0","id":${id},"result":${'['.repeat(150)}${']'.repeat(150)}}`,
      expect.objectContaining({ code: 'UNREADABLE_MESSAGE' }),
    ],
    [
      'a response too large',
      id => `{"jsonrpc":"2.0","id":${id},"result":"${'x'.repeat(2000)}"}`,
      expect.objectContaining({ code: 'MESSAGE_TOO_LARGE' }),
    ],
    ['a response behind other text', id => `progress 40%{"jsonrpc":"2.0","id":${id},"result":3}`, 3],
  ])('bears %s', async (_, answer, expected) => {
    const { outcome, host } = await ask(answer)
    expect(outcome).toEqual(expected)
    // The session goes on.
    expect(await host.child.untilQuiet()).toEqual(expect.any(Array))
    const second = host.client.call('add', { a: 1, b: 2 })
    let message: Message = await host.child.next()
    while (message.method !== 'add') message = await host.child.next()
    host.child.say({ jsonrpc: '2.0', id: message.id, result: 4 })
    expect(await second).toBe(4)
  })

  it('takes glued text only if it is surely meant', async () => {
    const { child, client } = rawHost()
    const logged: unknown[] = []
    client.on('log', entry => logged.push(entry))
    const meant = '{"jsonrpc":"2.0","method":"log","params":{"text":"hello"}}'
    const lines = [
      `a${meant}`,
      `b{"jsonrpc":"2.0","method":"unknown"}`,
      `c{"jsonrpc":"2.0","id":77,"result":1}`,
      `d{"jsonrpc":"2.0","method":"$/items","params":{"id":5,"values":[1]}}`,
      `e{"jsonrpc": "2.0","method":"log","params":{"text":"spaced"}}`,
      `f${meant}${meant}`,
      `g${meant} tail`,
      `h{"jsonrpc":"2.0",${meant}`,
      `{"a":1}`,
      `[1,2]`,
      `i{"jsonrpc":"2.0","id":1,"method":"rpc.ping"}`,
    ]
    child.say(...lines)
    expect(await child.next()).toEqual({ jsonrpc: '2.0', id: 1, result: null })
    expect(logged).toEqual([{ text: 'hello' }])
    expect(child.plain).toEqual(['a', ...lines.slice(1, -1), 'i'])
  })

  it('drops a late answer in silence, and tells of one that nobody asked for', async () => {
    const { child, client } = rawHost()
    const gone = client.call('add', { a: 1, b: 2 }, { signal: AbortSignal.timeout(1) })
    await expect(gone).rejects.toMatchObject({ code: 'CANCELLED' })
    const { id } = await child.next()
    child.say({ jsonrpc: '2.0', id, result: 3 }, { jsonrpc: '2.0', id, result: 3 })
    child.say({ jsonrpc: '2.0', id: 4711, result: 3 }, { jsonrpc: '2.0', id: '1', result: 3 })
    child.say('{"jsonrpc":"2.0","id":null,"error":{"code":1,"message":"x"}}', '{"jsonrpc":"2.0","result":1}')
    await child.untilQuiet()
    expect(child.protocolErrors).toHaveLength(4)
  })

  it('reports a message too large without an id as a skipped line, and answers a request', async () => {
    const { child } = rawHost({ maxMessageBytes: 1000 })
    child.say('x'.repeat(3000), {
      jsonrpc: '2.0',
      id: 9,
      method: 'confirm',
      params: { question: 'x'.repeat(3000) },
    })
    expect(await child.next()).toEqual(error(9, -32600, tooLarge))
    expect(child.protocolErrors.join()).toContain('3000')
  })

  it('refuses to send a request too large, and sends the next', async () => {
    const { child, client } = rawHost({ maxMessageBytes: 1000 })
    await expect(client.call('echo', { value: 'x'.repeat(1000) })).rejects.toMatchObject({
      code: 'MESSAGE_TOO_LARGE',
    })
    expect(() => client.notify('tell', { text: '\u00e4'.repeat(500) })).toThrow(/limit is 1000/)
    void client.call('told').catch(() => undefined)
    expect(await child.next()).toMatchObject({ method: 'told' })
    client.close()
  })

  it('writes members in the order of the protocol, and leaves params out when there are none', async () => {
    const { child, client } = rawHost()
    client.call('told').catch(() => undefined)
    client.call('add', { b: 2, a: 1 }).catch(() => undefined)
    client.notify('tell', { text: 'x\ud800' })
    expect(JSON.stringify(await child.next())).toBe('{"jsonrpc":"2.0","id":1,"method":"told"}')
    expect(JSON.stringify(await child.next())).toBe(
      '{"jsonrpc":"2.0","id":2,"method":"add","params":{"b":2,"a":1}}',
    )
    expect(JSON.stringify(await child.next())).toBe(
      '{"jsonrpc":"2.0","method":"tell","params":{"text":"x\ufffd"}}',
    )
    client.close()
  })
})
