import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { afterEach, describe, expect, it } from 'vitest'
import { Client, defineContract, Pool, type ClientOptions, type RpcError } from '@simple-ipc/rpc'
import { rawHost } from './raw-peer.js'
import { failureOf, fixture, startCalculator, type Calculator } from './start-calculator.js'
import { calculator } from './fixtures/calculator-contract.mjs'

let client: Client<Calculator> | undefined
afterEach(() => client?.stop())

const host = { confirm: () => true, nest: () => 0 }
const oddly = (way: string, options: ClientOptions): Client<Calculator> =>
  (client = new Client(calculator, [process.execPath, fixture('answers-oddly.mjs'), way], {
    verify: false,
    stderr: () => undefined,
    ...options,
    host,
  }))

/** What is wrong with the output, and how people are told. */
const ways = [
  [
    'headers',
    'lines',
    "it sends its messages after headers (Content-Length), as language servers do: pass framing: 'headers'",
  ],
  ['lines', 'headers', "it sends each message on a line of its own, without headers: pass framing: 'lines'"],
  [
    'colours',
    'lines',
    'its messages are wrapped in colour codes: turn them off, often with NO_COLOR=1 in env',
  ],
  [
    'coloured parts',
    'lines',
    'its messages are wrapped in colour codes: turn them off, often with NO_COLOR=1 in env',
  ],
  [
    'no version',
    'lines',
    'it answers without "jsonrpc": "2.0", which makes its answers plain lines: pass lenient: true',
  ],
  ['several lines', 'lines', 'its messages are spread over several lines: each must be on a line of its own'],
] as const

const noEnd = [
  'no line end',
  'lines',
  'its last message has no line end: write one after each message, and flush stdout',
] as const

describe('Output that is almost a message', () => {
  it.each(ways)('%s, read as %s, is told of at once', async (way, framing, hint) => {
    const told = new Promise<string>(resolve => {
      const one = oddly(way, { framing, onProtocolError: resolve })
      void failureOf(one.call('add', { a: 1, b: 2 }))
    })
    expect(await told).toContain(way === 'no version' ? 'pass lenient: true' : hint)
  })

  it.each([...ways, noEnd])(
    '%s, read as %s, explains a call that is too late',
    async (way, framing, hint) => {
      let answered: () => void = () => undefined
      const first = new Promise<void>(resolve => (answered = resolve))
      const one = oddly(way, { framing, onProtocolError: () => undefined, stderr: () => answered() })
      void failureOf(one.call('add', { a: 1, b: 2 }))
      await first
      const error = (await failureOf(one.call('add', { a: 1, b: 2 }, { timeout: 20 }))) as RpcError
      const late = 'add was not answered within its timeout of 20 ms; it was cancelled'
      expect(error).toMatchObject({ code: 'TIMEOUT', shortMessage: late })
      expect(error.message).toContain(`${late}; it has sent no message yet: `)
      expect(error.message).toMatch(
        new RegExp(`last lines of stderr:\n( {2}\\| answered with ${way}\n)+last lines of stdout:\n {2}\\| `),
      )
      expect(error.message).toContain(`\nhint: ${hint}`)
    },
  )
})

describe('A call that is too late says', () => {
  const late = (method: string, ms: number): string =>
    `${method} was not answered within its timeout of ${ms} ms`

  it('how much has arrived since, and the last of it', async () => {
    const { client, child } = rawHost()
    child.say('before', { jsonrpc: '2.0', method: 'log', params: { text: 'before' } })
    await child.untilQuiet()
    const call = failureOf(client.call('add', { a: 1, b: 2 }, { timeout: 50 }))
    await child.next()
    child.say({ jsonrpc: '2.0', method: 'log', params: { text: 'a' } }, 'one', '\u001b[31mtwo')
    expect(await call).toMatchObject({
      message: `${late('add', 50)}; it was cancelled; since then 1 message and 2 plain lines arrived, the last line: '\\x1b[31mtwo'`,
      shortMessage: `${late('add', 50)}; it was cancelled`,
    })
    expect(await failureOf(client.call('told', undefined, { idleTimeout: 20 }))).toMatchObject({
      message:
        'told sent no progress, item or answer for its idleTimeout of 20 ms; it was cancelled; nothing has arrived since',
    })
  })

  it('that a connection has sent no message yet', async () => {
    const { client } = rawHost()
    expect(await failureOf(client.call('told', undefined, { timeout: 20 }))).toMatchObject({
      message: `${late('told', 20)}; it was cancelled; the other side has sent no message yet`,
    })
  })

  it('that it was not sent while the other side has not said which contract it has', async () => {
    client = startCalculator({}, 'says-nothing.mjs')
    expect(await failureOf(client.call('told', undefined, { timeout: 20 }))).toMatchObject({
      shortMessage: `${late('told', 20)}: it was not sent, because the other side has not said which contract it has`,
    })
  })

  it('that it was not sent before onStart has returned', async () => {
    let begun: () => void = () => undefined
    const starting = new Promise<void>(resolve => (begun = resolve))
    client = startCalculator({
      onStart: async () => {
        begun()
        await new Promise<void>(() => undefined)
      },
    })
    await starting
    expect(await failureOf(client.call('told', undefined, { timeout: 20 }))).toMatchObject({
      message: `${late('told', 20)}: it was not sent, because onStart has not returned`,
    })
  })

  it('that it was not sent while no child of a pool was free', async () => {
    const pool = new Pool(calculator, [process.execPath, fixture('calculator.mjs')], {
      size: 1,
      concurrency: 1,
      host,
    })
    const taken = failureOf(pool.call('hang'))
    expect(await failureOf(pool.call('told', undefined, { timeout: 20 }))).toMatchObject({
      message: `${late('told', 20)}: it was not sent, because no child of the pool was free`,
    })
    await pool.stop()
    await taken
  })

  it.each(['none', 'mcp'] as const)('nothing of a cancel that is not sent (%s)', async cancel => {
    const contract = defineContract({
      name: 'foreign',
      version: '1',
      foreign: { cancel },
      child: { methods: { initialize: {} } },
    })
    const one = new Client(contract, [process.execPath, fixture('says-nothing.mjs')])
    expect(await failureOf(one.call('initialize', undefined, { timeout: 20 }))).toMatchObject({
      shortMessage: late('initialize', 20),
    })
    await one.stop()
  })
})

describe('Without a timeout, too, somebody is told', () => {
  it.each([
    ['foreign: true', 'initialize waits'],
    ['', 'rpc.contract'],
  ])('of a language server that is sent lines (%s)', async (foreign, said) => {
    // It waits for the end of a header.
    const program = `
      import { Client, defineContract } from ${JSON.stringify(import.meta.resolve('@simple-ipc/rpc'))}
      const contract = defineContract({ name: 'server', version: '1', child: { methods: { initialize: {} } }, ${foreign} })
      new Client(contract, [process.execPath, ${JSON.stringify(fixture('says-nothing.mjs'))}]).call('initialize')`
    const one = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['pipe', 'inherit', 'pipe'],
    })
    const lines = createInterface({ input: one.stderr })
    let stderr = ''
    for await (const line of lines) {
      stderr += `${line}\n`
      if (line.startsWith('hint: ')) break
    }
    one.kill()
    expect(stderr).toContain(said)
    expect(stderr).toContain("a language server reads its messages after headers: pass framing: 'headers'")
  })
})
