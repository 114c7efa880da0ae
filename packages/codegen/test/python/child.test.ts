import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, cpSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { discover, serializeContract } from '@simple-ipc/rpc'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { generate } from '../../src/generate/generate.js'
import { writeFiles } from '../../src/output/write-files.js'
import { contract } from '../cases/conversation.js'
import { inTests } from '../support/paths.js'
import { python } from '../support/toolchains.js'
import { Wire } from '../support/wire.js'

interface Message {
  id?: unknown
  method?: string
  result?: unknown
  error?: { code: number; message: string; data?: unknown }
}

describe.skipIf(python === undefined)('a Python child', () => {
  let folder = ''
  let wire: Wire | undefined
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'simple-ipc-'))
    writeFiles(
      path.join(folder, 'generated'),
      generate(serializeContract(contract), 'python', discover(contract)),
    )
    for (const file of ['conversation_child.py', 'exits_child.py', 'limits_child.py', 'memory_child.py'])
      cpSync(inTests('python', file), path.join(folder, file))
  })
  afterEach(() => wire?.child.kill('SIGKILL'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const start = (options: Record<string, number> = {}): Wire => {
    const program = path.join(folder, 'limits_child.py')
    wire = new Wire([python ?? 'python3', program, JSON.stringify(options), path.join(folder, 'go')])
    return wire
  }
  const exits = (form: string): Wire => {
    wire = new Wire([python ?? 'python3', path.join(folder, 'exits_child.py'), form])
    return wire
  }
  const call = (id: unknown, method: string, params?: unknown): string =>
    JSON.stringify({ jsonrpc: '2.0', id, method, params })
  const blocks = call('blocks', 'slow', { seconds: -1 })

  it.each([
    ['blocks', blocks],
    ['computes', call('computes', 'slow', { seconds: 600 })],
  ])('answers a ping while a handler %s', async (_, busy) => {
    const child = start().send(busy, call('p', 'rpc.ping'))
    let answer = (await child.next()) as Message
    if (answer.method === 'log') answer = (await child.next()) as Message
    expect(answer).toEqual({ jsonrpc: '2.0', id: 'p', result: null })
  })

  it('answers a ping although nobody reads its stderr, which is full', async () => {
    const child = start().send(...Array.from({ length: 3000 }, () => 'plain '.repeat(20)))
    expect(await child.send(call('p', 'rpc.ping')).next()).toMatchObject({ id: 'p', result: null })
  })

  it(
    'lets a hundred thousand requests wait, and refuses those behind them',
    { timeout: 60_000 },
    async () => {
      const child = start().send(call(0, 'slow', { seconds: -1 }))
      expect(await child.next()).toMatchObject({ method: 'log', params: { text: 'blocks' } })
      child.send(...Array.from({ length: 100_002 }, (_, n) => call(n + 1, 'add', [n, 1])))
      for (const id of [100_001, 100_002])
        expect(await child.next()).toMatchObject({ id, error: { code: -32003 } })
      writeFileSync(path.join(folder, 'go'), '')
      for (let id = 0; id <= 100_000; id++) expect(await child.next()).toMatchObject({ id })
    },
  )

  it(
    'reads no more of a host that does not read its answers, until it does',
    { timeout: 60_000 },
    async () => {
      const wire = start({ max_queued_bytes: 100_000 }).send(call(0, 'rpc.ping'))
      expect(await wire.next()).toMatchObject({ id: 0 })
      wire.lines.close()
      const { child } = wire
      child.stdout.removeAllListeners('data').pause()
      const asked = 50_000
      for (let id = 1; id <= asked; id++) child.stdin.write(`${call(id, id % 2 ? 'rpc.ping' : 'none')}\n`)
      // What it does not read stays here: until that is the same twice.
      let before = -1
      while (before !== child.stdin.writableLength) {
        before = child.stdin.writableLength
        await new Promise(resolve => setTimeout(resolve, 300))
      }
      expect(before).toBeGreaterThan(1_000_000)
      child.stdin.end()
      let text = ''
      for await (const chunk of child.stdout) text += String(chunk)
      const ids = Array.from(text.matchAll(/"id":(\d+),/g), ([, id]) => Number(id))
      expect(ids).toEqual(Array.from({ length: asked }, (_, index) => index + 1))
    },
  )

  it.each([
    ['a function', 'plain', 'slow'],
    ['a generator', 'plain', 'count'],
    ['a coroutine', 'coroutines', 'slow'],
    ['an asynchronous generator', 'coroutines', 'count'],
  ])('ends with the exit code that %s raises SystemExit with', async (_, form, method) => {
    const child = exits(form)
    const exit = once(child.child, 'exit')
    child.send(call(1, method, method === 'slow' ? { seconds: 0 } : { to: 1 }))
    expect(await exit).toEqual([3, null])
  })

  it.each<[string, string, string, string | undefined]>([
    ['a function', 'plain', call(1, 'slow', { seconds: 0 }), 'log'],
    ['a generator', 'plain', call(1, 'count', { to: 1 }), '$/items'],
    ['a coroutine', 'coroutines', call(1, 'slow', { seconds: 0 }), 'log'],
    ['an asynchronous generator', 'coroutines', call(1, 'count', { to: 1 }), '$/items'],
    [
      'the handler of a notification',
      'plain',
      '{"jsonrpc":"2.0","method":"tell","params":{"text":""}}',
      undefined,
    ],
  ])('says all that was said before %s raises SystemExit', async (_, form, line, method) => {
    const child = exits(form)
    const exit = once(child.child, 'exit')
    child.send(...Array.from({ length: 50 }, (_, id) => call(id + 10, 'echo', { text: 'x' })), line)
    for (let id = 10; id < 60; id++) expect(await child.next()).toMatchObject({ id, result: 'x' })
    if (method !== undefined) expect(await child.next()).toMatchObject({ method })
    expect(await child.next()).toBeUndefined()
    expect(await exit).toEqual([3, null])
  })

  it.skipIf(process.platform !== 'linux')(
    'ends when a handler raises SystemExit, although nobody reads its output',
    async () => {
      const unread = path.join(folder, 'unread')
      execFileSync('mkfifo', [unread])
      const pipe = openSync(unread, 'r+')
      const program = [path.join(folder, 'exits_child.py'), 'plain', '4096']
      const child = spawn(python ?? 'python3', program, { stdio: ['pipe', pipe, 'inherit'] })
      const exit = once(child, 'exit')
      child.stdin?.write(`${call(1, 'fill', { size: 30_000 })}\n${call(2, 'slow', { seconds: 0 })}\n`)
      expect(await exit).toEqual([3, null])
      closeSync(pipe)
    },
  )

  it('goes on when a task of a handler raises KeyboardInterrupt, and ends when it raises SystemExit', async () => {
    const child = exits('tasks')
    const exit = once(child.child, 'exit')
    for (const value of [1, 2])
      expect(await child.send(call(value, 'later', { value })).next()).toMatchObject({ id: value })
    child.send(call(3, 'later', { value: 3 }))
    expect(await exit).toEqual([3, null])
  })

  it.skipIf(process.platform !== 'linux')('ends, and says why, when it has no memory to read', async () => {
    wire = new Wire([python ?? 'python3', path.join(folder, 'memory_child.py')])
    const exit = once(wire.child, 'exit')
    let said = ''
    wire.child.stderr.on('data', data => (said += String(data)))
    wire.send(call(1, 'add', [1, 1]))
    expect(await wire.next()).toMatchObject({ id: 1, result: 2 })
    wire.send(call(2, 'echo', { text: 'x'.repeat(60_000_000) }))
    expect(await exit).toEqual([1, null])
    expect(said).toMatch(/^simple-ipc: the program ends: reading messages failed:\n[^]*MemoryError/)
  })

  it('runs as many handlers at once as it is told to', async () => {
    const child = start({ threads: 4 })
    child.send(...[1, 2, 3, 4].map(id => call(id, 'slow', { seconds: 0 })))
    const ids = []
    for (let n = 0; n < 4; n++) ids.push(((await child.next()) as Message).id)
    expect(ids.sort()).toEqual([1, 2, 3, 4])
  })

  const tooLarge = { reason: 'MESSAGE_TOO_LARGE' }
  const long = 'x'.repeat(3000)
  it.each([
    ['a request', call('a', 'echo', { text: long }), { id: 'a', error: { code: -32600, data: tooLarge } }],
    [
      'a request whose id comes behind its method',
      `{"jsonrpc":"2.0","method":"echo","id":1,"params":{"text":"${long}"}}`,
      { id: null, error: { code: -32600, data: tooLarge } },
    ],
    [
      'a request whose id ends behind the first 1024 bytes',
      call('y'.repeat(1100), 'echo', { text: long }),
      { id: null, error: { code: -32600, data: tooLarge } },
    ],
    ['a result', call(4, 'fill', { size: 3000 }), { id: 4, error: { code: -32603, data: tooLarge } }],
    [
      'an item, which is raised in the generator',
      call(5, 'count', { to: 3, size: 3000 }),
      { id: 5, error: { code: -32603, data: tooLarge } },
    ],
  ])('refuses %s over the size limit alone', async (_, line, answer) => {
    const child = start({ max_message_bytes: 2000 })
    expect(await child.send(line).next()).toMatchObject(answer)
    expect(await child.send(call(9, 'add', [1, 1])).next()).toMatchObject({ id: 9, result: 2 })
  })

  it('leaves out a plain line over the size limit, and says so', async () => {
    const child = start({ max_message_bytes: 2000 })
    const said = new Promise(resolve => child.child.stderr.once('data', data => resolve(String(data))))
    expect(await child.send(long, call(9, 'add', [1, 1])).next()).toMatchObject({ id: 9, result: 2 })
    expect(await said).toBe('simple-ipc: a line of more than 2000 bytes was skipped\n')
  })

  it.each([
    ['a byte order mark on a later line', '\ufeff'],
    ['a no-break space', '\u00a0'],
    ['a line separator', '\u2028'],
    ['a vertical tab', '\v'],
    ['a form feed', '\f'],
  ])('takes what is behind %s for plain text, however long it is', async (_, mark) => {
    const child = start({ max_message_bytes: 2000 }).send(call(1, 'add', [1, 1]))
    expect(await child.next()).toMatchObject({ id: 1, result: 2 })
    child.send(mark + call(2, 'echo', { text: 'short' }), `${mark}{"text":"${long}"}`)
    expect(await child.send(call(3, 'add', [1, 2])).next()).toMatchObject({ id: 3, result: 3 })
  })

  it.each(['\u00a0', '\u2028', '\v', '\f'])('reads no id behind the white space %j', async space => {
    const child = start({ max_message_bytes: 2000 })
    child.send(`{"jsonrpc":"2.0","id":${space}7,"method":"echo","params":{"text":"${long}"}}`)
    expect(await child.next()).toMatchObject({ id: null, error: { code: -32600, data: tooLarge } })
  })

  it('raises for progress that does not fit the contract', async () => {
    const message =
      'Progress of count was not sent: it does not fit the contract: progress must be an integer from -9007199254740991 to 9007199254740991'
    expect(
      await start()
        .send(call(1, 'count', { to: -1 }))
        .next(),
    ).toMatchObject({
      id: 1,
      error: { code: -32603, message },
    })
  })

  it('takes an id again as soon as its answer can be read, however long that is', async () => {
    const child = start()
    for (let n = 0; n < 20; n++) {
      const { result, error } = (await child.send(call(1, 'fill', { size: 300_000 })).next()) as Message
      expect(error).toBeUndefined()
      expect(result).toHaveLength(300_000)
    }
  })

  it('lives on when a generator raises as it is closed', async () => {
    const child = start().send(call(1, 'count', { to: 5000 }))
    for (let items = 0; items < 4096;) {
      const { params } = (await child.next()) as { params: { values?: unknown[] } }
      items += params.values?.length ?? 0
    }
    child.send('{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":1}}')
    expect(await child.next()).toMatchObject({ id: 1, error: { code: -32800 } })
    expect(await child.send(call(2, 'add', [1, 1])).next()).toMatchObject({ id: 2, result: 2 })
  })
})
