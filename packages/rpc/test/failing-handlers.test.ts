import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { Client, createPair, RpcError, type ErrorOrigin } from '@simple-ipc/rpc'
import { failing } from './fixtures/failing-contract.mjs'
import { handlers } from './fixtures/failing-handlers.mjs'
import { failureOf, fixture } from './start-calculator.js'

interface Answer {
  id?: number
  method?: string
  error?: { code: number; message: string; data?: { stack?: string } }
}
interface Said {
  answers: Answer[]
  stdout: string
  stderr: string
  code: number | null
}

/** What a program says to these lines, until it ends with its input. */
async function run(
  [program, ...args]: readonly [string, ...string[]],
  lines: readonly object[] = [],
  env: NodeJS.ProcessEnv = {},
): Promise<Said> {
  const child = spawn(process.execPath, [fixture(program), ...args], { env: { ...process.env, ...env } })
  let [stdout, stderr] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  child.stdin.end(lines.map(line => `${JSON.stringify({ jsonrpc: '2.0', ...line })}\n`).join(''))
  const [code] = (await once(child, 'close')) as [number | null]
  const answers = stdout
    .split('\n')
    .filter(line => line.startsWith('{'))
    .map(line => JSON.parse(line) as Answer)
  return { answers, stdout, stderr, code }
}

const fail = (id: number, how: string): object => ({ id, method: 'fail', params: { how } })
const errorOf = ({ answers }: Said, wanted: number): Answer['error'] =>
  answers.find(({ id, method }) => id === wanted && method === undefined)?.error
const count = (text: string, part: string): number => text.split(part).length - 1
const child = (options: object = {}): [string, ...string[]] => ['failing-child.mjs', JSON.stringify(options)]

describe('a handler that fails', () => {
  it('is answered with what JavaScript calls the failure', async () => {
    const told = {
      type: "TypeError: Cannot read properties of undefined (reading 'length')",
      plain: 'plain',
      caused: 'outer',
      text: "A value that is not an error was thrown: 'just text'",
      undeclared: 'RpcError: of nobody',
      misfit:
        "TypeError: The data of fail's error 'Declared' does not fit the contract: data/how must be a string, not 5",
    }
    const said = await run(
      child(),
      Object.keys(told).map((how, id) => fail(id, how)),
    )
    const messages = Object.keys(told).map((how, id) => [how, errorOf(said, id)?.message])
    expect(Object.fromEntries(messages)).toEqual(told)
    expect(said.code).toBe(0)
  })

  it('shows people its stack, once, from its own code on, with its cause', async () => {
    const { stderr } = await run(child(), [fail(1, 'caused')])
    expect(stderr).toMatch(
      /^simple-ipc: the handler of 'fail' failed:\nError: outer\n +at Object\.caused \(file:.*\/failing-handlers\.mjs:\d+:\d+\)\n/,
    )
    expect(stderr).toMatch(
      /\[cause\]: RangeError: inner\n +at Object\.caused \(file:.*\/failing-handlers\.mjs/,
    )
    expect(stderr).not.toContain('rpc/dist')
    expect(count(stderr, 'Error: outer')).toBe(1)
  })

  it('shows it for a stream and for a notification, too', async () => {
    const { stderr } = await run(child(), [
      { id: 1, method: 'items', params: { how: 'plain' } },
      { method: 'tell', params: { how: 'plain' } },
    ])
    for (const name of ['items', 'tell'])
      expect(count(stderr, `simple-ipc: the handler of '${name}' failed:\nError: plain\n    at `)).toBe(1)
  })

  it('says nothing of declared errors, one of a subclass and one alone in a group among them', async () => {
    const ways = ['declared', 'subclass', 'group']
    const said = await run(
      child(),
      ways.map((how, id) => fail(id, how)),
    )
    for (const id of ways.keys()) expect(errorOf(said, id)).toMatchObject({ code: 1001, message: 'declared' })
    expect(said.stderr).toBe('')
  })

  it('says nothing of a call of its own that ends with the session', async () => {
    const said = await run(child(), [{ id: 1, method: 'start', params: { how: 'plain' } }])
    expect(errorOf(said, 1)?.message).toContain('the host closed the connection')
    expect(said.stderr).toBe('')
  })

  it.each([
    ['its option', { debug: true }, {}],
    ['the environment', {}, { SIMPLE_IPC_DEBUG: '1' }],
  ])('sends its stack to the caller in debug mode, by %s', async (_, options, env) => {
    const said = await run(child(options), [fail(1, 'type')], env)
    expect(errorOf(said, 1)?.data?.stack).toMatch(/^TypeError: Cannot read .*\n +at Object\.type \(file:/)
    expect(count(said.stderr, 'TypeError')).toBe(1)
    const not = await run(child({ ...options, debug: false }), [fail(1, 'type')], env)
    expect(errorOf(not, 1)?.data).toBeUndefined()
  })

  it('is printed in debug mode with the stack of the other side, line by line', async () => {
    const client = new Client(failing, [process.execPath, fixture('failing-child.mjs'), '{"debug":true}'], {
      stderr: 'ignore',
      host: handlers,
    })
    const error = await failureOf(client.call('fail', { how: 'type' }))
    const printed = inspect(error)
    expect(printed).toMatch(/^RpcError: TypeError: Cannot read .*\n(?: +at .*\n)*/)
    expect(printed).toMatch(/\n +\[cause\]: TypeError: Cannot read .*\n +at Object\.type \(file:.*\n/)
    expect(printed).not.toContain(String.raw`\n`)
    expect((error as RpcError<number, { stack: string }>).data.stack).toContain('Object.type')
    await client.stop()
  })

  it.each(['client', 'pool'])('shows its stack in a host as well, whose calls go on; %s', async kind => {
    const said = await run(['failing-host.mjs', kind, 'type'])
    for (const name of ['tell', 'items'])
      expect(count(said.stderr, `simple-ipc: the handler of '${name}' failed:\nTypeError: `)).toBe(1)
    expect(said.stdout).toMatch(/^RpcError: TypeError: Cannot read properties of undefined/)
    expect(said.code).toBe(0)
  })

  it('reaches onError with what failed, and stderr says nothing then', async () => {
    const failures: [unknown, ErrorOrigin | undefined][] = []
    using pair = createPair(failing, handlers as never, {
      host: handlers,
      onError: (error, origin) => failures.push([error, origin]),
    })
    await failureOf(pair.client.call('fail', { how: 'plain' }))
    await failureOf(pair.server.call('fail', { how: 'declared' }))
    pair.server.on('tell', () => {
      throw new Error('listener')
    })
    pair.client.notify('tell', { how: 'plain' })
    await failureOf(pair.client.call('fail', { how: 'set' }))
    expect(failures.map(([error, origin]) => [(error as Error).message, origin])).toEqual([
      ['plain', { kind: 'handler', name: 'fail' }],
      ['plain', { kind: 'handler', name: 'tell' }],
      ['listener', { kind: 'listener', name: 'tell' }],
      [
        'The result of fail does not fit the contract: result must be an array, not Set (use [...set])',
        { kind: 'handler', name: 'fail' },
      ],
    ])
  })

  it('is told with its result that does not fit, or is too large', async () => {
    const said = await run(child({ maxMessageBytes: 100_000 }), [fail(1, 'set'), fail(2, 'large')])
    expect(errorOf(said, 1)).toEqual({
      code: -32603,
      message: 'The result does not fit the contract: result must be an array',
      data: { issues: [{ path: '', message: 'must be an array' }] },
    })
    expect(said.stderr.split('\n')).toEqual([
      "simple-ipc: the handler of 'fail' failed:",
      'TypeError: The result of fail does not fit the contract: result must be an array, not Set (use [...set])',
      "simple-ipc: the handler of 'fail' failed:",
      expect.stringMatching(/^RangeError: The result of fail was not sent: its message has \d+ bytes/),
      '',
    ])
  })

  it('is told of an item or a report that does not fit; on the wire is the sentence of the protocol', async () => {
    const said = await run(child(), [
      { id: 1, method: 'items', params: { how: 'item' } },
      { id: 2, method: 'items', params: { how: 'progress' } },
    ])
    expect(errorOf(said, 1)).toMatchObject({
      message: 'An item of items was not sent: it does not fit the contract: item must be a number',
      data: { issues: [{ path: '', message: 'must be a number' }] },
    })
    expect(said.stderr).toContain('item must be a number, not the string "x" {\n')
    expect(said.stderr).toContain(
      'The progress of items does not fit the contract: progress must be a number, not the string "x"\n',
    )
  })

  it('and an onError that fails, at once or later, ends nothing and hides nothing', async () => {
    const program = `
      import { createPair } from '@simple-ipc/rpc'
      import { failing } from './failing-contract.mjs'
      import { handlers } from './failing-handlers.mjs'
      for (const onError of [() => { throw new Error('no') }, async () => { throw new Error('no') }]) {
        const pair = createPair(failing, handlers, { host: handlers, onError })
        await pair.client.call('fail', { how: 'plain' }).catch(error => console.log(error.message))
        pair.close()
      }`
    const node = spawn(process.execPath, ['--input-type=module', '-e', program], {
      cwd: new URL('fixtures/', import.meta.url),
    })
    let [stdout, stderr] = ['', '']
    node.stdout.on('data', (data: Buffer) => (stdout += String(data)))
    node.stderr.on('data', (data: Buffer) => (stderr += String(data)))
    expect(await once(node, 'close')).toEqual([0, null])
    expect(stdout).toBe('plain\nplain\n')
    expect(count(stderr, "the handler of 'fail' failed:\nError: plain")).toBe(2)
    expect(count(stderr, "the callback 'onError' failed:\nError: no")).toBe(2)
  })
})
