import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { afterEach, describe, expect, it } from 'vitest'
import { Client, connect, defineContract, Type, type ContractSpec, type RemoteChild } from '@simple-ipc/rpc'
import { failureOf, fixture, untyped } from './start-calculator.js'
import { calculator } from './fixtures/calculator-contract.mjs'

let stop: () => unknown = () => undefined
afterEach(() => stop())

const Question = Type.Object({ question: Type.String() })
/** Both sides have `ask`. */
const symmetric = {
  name: 'symmetric',
  version: '1.0.0',
  child: {
    methods: {
      add: { params: Type.Object({ a: Type.Number(), b: Type.Number() }), result: Type.Number() },
      ask: { params: Question, result: Type.String() },
    },
  },
  host: { methods: { ask: { params: Question, result: Type.String() } } },
} satisfies ContractSpec
/** The same with another result of the host's `ask`. */
const other = {
  ...symmetric,
  host: { methods: { ask: { params: Question, result: Type.Integer() } } },
} satisfies ContractSpec

const verifying = (spec: ContractSpec) =>
  [process.execPath, fixture('verifies.mjs'), JSON.stringify(spec)] as const
const host = { ask: ({ question }: { question: string }) => `${question}? yes` }
const cameBack = {
  code: 'UNREADABLE_MESSAGE',
  message: expect.stringContaining('seems to echo its input') as string,
}

describe('Both sides ask the same, under the same id', () => {
  it('verify each other, and call each other', async () => {
    const seen: unknown[] = []
    const client = new Client(defineContract(symmetric), verifying(symmetric), {
      host,
      trace: ({ direction, kind, method, id }) => seen.push(`${direction} ${kind} ${method} ${id}`),
    })
    stop = () => client.stop()
    expect(await client.call('add', { a: 1, b: 2 })).toBe(3)
    // The child's calls wait until it has verified: that this is answered says that it has.
    expect(await client.call('ask', { question: 'sure' })).toBe('sure? yes')
    expect(seen).toEqual(
      expect.arrayContaining([
        'out request rpc.contract 1',
        'in request rpc.contract 1',
        'in response rpc.contract 1',
        'out response rpc.contract 1',
      ]),
    )
  })

  it('a host finds out that the contracts differ', async () => {
    const client = untyped(
      new Client(defineContract(other), verifying(symmetric), { stderr: 'ignore', host: { ask: () => 1 } }),
    )
    stop = () => (client as unknown as Client<ContractSpec>).stop()
    expect(await failureOf(client.call('add', { a: 1, b: 2 }))).toMatchObject({ code: 'CONTRACT_MISMATCH' })
  })

  it('a child finds out that the contracts differ, although its host does not look', async () => {
    const lines: string[] = []
    const client = new Client(defineContract(other), verifying(symmetric), {
      verify: false,
      stderr: line => lines.push(line),
      host: { ask: () => 1 },
    })
    stop = () => client.stop()
    const error = await failureOf(client.call('ask', { question: 'sure' }))
    expect(error).toMatchObject({ code: 'WORKER_EXITED', data: { code: 1 } })
    expect(lines.join('\n')).toContain('host ask')
  })

  it.each(['lines', 'headers'] as const)('over %s that somebody else made, too', async framing => {
    const [there, back] = [new PassThrough(), new PassThrough()]
    const contract = defineContract(symmetric)
    const child = connect(contract, there, back, {
      framing,
      side: 'child',
      verify: true,
      handlers: { add: ({ a, b }) => a + b, ask: ({ question }) => question },
    })
    const client = connect(contract, back, there, { framing, side: 'host', handlers: host })
    stop = () => {
      child.close()
      client.close()
    }
    const answers = [client.call('ask', { question: 'a' }), child.call('ask', { question: 'a' })]
    expect(await Promise.all(answers)).toEqual(['a', 'a? yes'])
  })
})

describe("MCP's ping, under the id of our own", () => {
  const ping = { result: Type.Unknown() }
  const spec = {
    name: 'mcp',
    version: '1',
    foreign: { cancel: 'mcp' },
    child: { methods: { ping } },
  } as const
  const mcp = defineContract(spec)
  const server = [process.execPath, fixture('pings-back.mjs')] as const

  it('is answered where the host declares it', async () => {
    const both = defineContract({ ...spec, host: { methods: { ping } } })
    const client = new Client(both, server, { host: { ping: () => 'pong' } })
    stop = () => client.stop()
    expect(await client.call('ping')).toEqual({ answered: 'pong' })
  })

  it('is answered by fallback', async () => {
    const client = new Client(mcp, server, { fallback: () => 'pong' })
    stop = () => client.stop()
    expect(await client.call('ping')).toEqual({ answered: 'pong' })
  })

  it('is refused where nobody answers it, and our own is answered', async () => {
    const client = new Client(mcp, server)
    stop = () => client.stop()
    expect(await client.call('ping')).toEqual({ answered: -32601 })
  })
})

describe('A program that sends back what it gets is found out', () => {
  const cat = { host: { confirm: () => true, nest: () => 0 } }

  it('when it is verified: the start fails', async () => {
    const client = new Client(calculator, 'cat', cat)
    stop = () => client.stop()
    expect(await failureOf(client.start())).toMatchObject({ ...cameBack, method: 'start()' })
  })

  it('although the called method is answered on this side', async () => {
    const client = new Client(defineContract(symmetric), 'cat', { host })
    stop = () => client.stop()
    const error = await failureOf(client.call('ask', { question: 'a' }))
    expect(error).toMatchObject({ ...cameBack, method: 'ask' })
  })

  it('by a ping', async () => {
    const client = new Client(calculator, 'cat', { ...cat, verify: false })
    stop = () => client.stop()
    expect(await failureOf(client.ping())).toMatchObject(cameBack)
  })

  const foreign = defineContract({
    name: 'foreign',
    version: '1',
    foreign: true,
    child: { methods: { plain: {}, open: { params: Type.Object({ path: Type.String() }) } } },
  })

  it('where its answers are not bound to the contract', async () => {
    const client = new Client(foreign, 'cat')
    stop = () => client.stop()
    expect(await failureOf(client.call('plain'))).toMatchObject(cameBack)
    expect(await failureOf(client.call('open', { path: '/' }))).toMatchObject(cameBack)
  })

  it('where a fallback answers everything', async () => {
    const asked: string[] = []
    const client = new Client(foreign, 'cat', { fallback: method => asked.push(method) })
    stop = () => client.stop()
    expect(await failureOf(client.call('open', { path: '/' }))).toMatchObject(cameBack)
    expect(asked).toEqual([])
  })

  it('by a connection', async () => {
    const child = spawn('cat')
    const client: RemoteChild<(typeof calculator)['spec']> = connect(calculator, child.stdout, child.stdin, {
      side: 'host',
      handlers: cat.host,
    })
    stop = () => child.stdin.end()
    expect(await failureOf(client.call('add', { a: 1, b: 2 }))).toMatchObject(cameBack)
  })

  it('by a child whose host is one', async () => {
    const [command, ...args] = verifying(symmetric)
    const child = spawn(command, args)
    stop = () => child.kill()
    child.stdout.pipe(child.stdin)
    const [said, ended] = await Promise.all([text(child.stderr), once(child, 'exit')])
    expect(said).toContain('seems to echo its input')
    expect(ended).toEqual([1, null])
  })
})
