import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { createPair, faultyTransports, traceLog, wireLog, type TraceEvent } from '@simple-ipc/rpc'
import { calculator } from './fixtures/calculator-contract.mjs'
import { failureOf, startCalculator } from './start-calculator.js'

const handlers: Parameters<typeof createPair<(typeof calculator)['spec']>>[1] = {
  add: ({ a, b }) => a + b,
  divide: ({ a }, { error }) => {
    throw error('DividedByZero', { a })
  },
  echo: ({ value }) => value,
  count: async function* ({ to }) {
    for (let n = 0; n < to; n++) yield await Promise.resolve({ n })
    return to
  },
  hang: (_, { signal }) => new Promise<void>(resolve => signal.addEventListener('abort', () => resolve())),
  ask: ({ question }, { peer }) => peer.call('confirm', { question }),
  nest: ({ depth }) => depth,
  die: () => undefined,
  print: () => undefined,
  wrong: () => 0,
  told: () => [],
}

describe('A trace', () => {
  it('sees every message with its timing', async () => {
    const events: TraceEvent[] = []
    const client = startCalculator({ trace: event => events.push(event) })
    await client.call('add', { a: 1, b: 2 })
    await client.call('ask', { question: 'x' })
    await client.stop()
    const seen = events.map(({ direction, kind, method, id }) => [direction, kind, method, id])
    expect(seen).toEqual([
      ['out', 'request', 'rpc.contract', 1],
      ['in', 'response', 'rpc.contract', 1],
      ['out', 'request', 'add', 2],
      ['in', 'response', 'add', 2],
      ['out', 'request', 'ask', 3],
      ['in', 'request', 'confirm', 1],
      ['out', 'response', 'confirm', 1],
      ['in', 'response', 'ask', 3],
    ])
    for (const { kind, ms } of events) expect(ms === undefined).toBe(kind !== 'response')
  })

  it('can be read by people, without what is secret', async () => {
    const lines: string[] = []
    const write = (line: string) => lines.push(line.replace(/[\d.]+ ms/, '1 ms'))
    using pair = createPair(calculator, handlers, {
      verify: false,
      trace: traceLog({ write, redact: ['value'], maxLength: 40 }),
    })
    await pair.client.call('echo', { value: { password: 'secret' } })
    await failureOf(pair.client.call('divide', { a: 1, b: 0 }))
    pair.server.notify('log', { text: 'x'.repeat(100) })
    await pair.client.call('told')
    expect(lines.slice(0, 8)).toMatchSnapshot()
    expect(lines.join()).toContain('… (111 characters)')
  })

  it('leaves out all params, results or errors if told so', async () => {
    const lines: string[] = []
    const trace = traceLog({ write: line => lines.push(line), redact: ['params', 'result', 'error'] })
    using pair = createPair(calculator, handlers, { verify: false, trace })
    await pair.client.call('echo', { value: 'secret' })
    await failureOf(pair.client.call('divide', { a: 1, b: 0 }))
    expect(lines.map(line => line.replace(/ \([\d.]+ ms\)/, ''))).toEqual(
      ['→ echo #1 "…"', '← echo #1 "…"', '→ echo #1 "…"', '← echo #1 "…"'].concat(
        ['→ divide #2 "…"', '← divide #2 "…"'],
        ['→ divide #2 failed: "…"', '← divide #2 failed: "…"'],
      ),
    )
  })

  it('can be kept in a file', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'simple-ipc-wire-'))
    const file = path.join(folder, 'wire.jsonl')
    const log = wireLog(file, { redact: (value, key) => (key === 'a' ? 0 : value) })
    using pair = createPair(calculator, handlers, { verify: false, trace: log })
    await pair.client.call('add', { a: 1, b: 2 })
    await log.close()
    const lines = readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as { direction: string; message: object })
    expect(lines.map(({ direction }) => direction)).toEqual(['out', 'in', 'out', 'in'])
    expect(lines[0]?.message).toEqual({ jsonrpc: '2.0', id: 1, method: 'add', params: { a: 0, b: 2 } })
    rmSync(folder, { recursive: true })
  })

  it('stays a file of JSON lines when long messages are shortened', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'simple-ipc-wire-'))
    const file = path.join(folder, 'wire.jsonl')
    const log = wireLog(file, { maxLength: 45 })
    using pair = createPair(calculator, handlers, { verify: false, trace: log })
    await pair.client.call('echo', { value: 'x"'.repeat(100) })
    await pair.client.call('told')
    await log.close()
    const lines = readFileSync(file, 'utf8').trim().split('\n')
    const messages = lines.map(line => (JSON.parse(line) as { message: unknown }).message)
    expect(messages[0]).toBe('{"jsonrpc":"2.0","id":1,"method":"echo","para… (362 characters)')
    expect(messages.at(-1)).toEqual({ jsonrpc: '2.0', id: 2, result: [] })
    rmSync(folder, { recursive: true })
  })

  it('that throws changes nothing', async () => {
    using pair = createPair(calculator, handlers, {
      trace: () => {
        throw new Error('mine')
      },
    })
    expect(await pair.client.call('add', { a: 1, b: 2 })).toBe(3)
  })
})

describe('A channel that does not behave', () => {
  it('that splits everything is only slower', async () => {
    using pair = createPair(calculator, handlers, {
      transports: faultyTransports({ toChild: { split: 1 }, toHost: { split: 3 } }),
    })
    expect(await pair.client.call('add', { a: 1, b: 2 })).toBe(3)
    expect(await pair.client.call('count', { to: 10 })).toBe(10)
    expect(await pair.client.call('echo', { value: 'é → 😀' })).toBe('é → 😀')
  })

  it('that delays lets timeouts run out, and late answers do no harm', async () => {
    const transports = faultyTransports({
      toHost: { delay: line => (line.includes('"result":3') ? 1000 : 0) },
    })
    using pair = createPair(calculator, handlers, { transports, verify: false })
    expect(await failureOf(pair.client.call('add', { a: 1, b: 2 }, { timeout: 20 }))).toMatchObject({
      code: 'TIMEOUT',
    })
    expect(await pair.client.call('add', { a: 2, b: 2 })).toBe(4)
  })

  it('that loses and damages messages fails only their calls', async () => {
    const transports = faultyTransports({
      toChild: { drop: line => line.includes('"a":13') },
      toHost: { corrupt: line => (line.includes('"result":7') ? line.slice(0, -1) : line) },
    })
    using pair = createPair(calculator, handlers, { transports })
    expect(await failureOf(pair.client.call('add', { a: 13, b: 2 }, { timeout: 50 }))).toMatchObject({
      code: 'TIMEOUT',
    })
    const cut = pair.client.call('add', { a: 3, b: 4 }, { timeout: 1000 })
    expect(await failureOf(cut)).toMatchObject({ code: 'UNREADABLE_MESSAGE' })
    expect(await pair.client.call('add', { a: 1, b: 2 })).toBe(3)
  })
})

describe('A program that does not answer', () => {
  it('is told apart from one whose handlers are busy', async () => {
    const client = startCalculator({ heartbeat: { every: 20, timeout: 2_000 } })
    expect(await failureOf(client.call('hang', {}, { timeout: 200 }))).toMatchObject({ code: 'TIMEOUT' })
    expect(await client.call('count', { to: 3000 })).toBe(3000)
    await client.stop()
  })

  it('is stopped, and its calls say why', async () => {
    const client = startCalculator(
      { heartbeat: { every: 20, timeout: 100 }, stop: { input: 50, term: 50 } },
      'blocks.mjs',
    )
    await client.call('told')
    const error = await failureOf(client.call('hang', {}))
    expect(error).toMatchObject({ code: 'NOT_RESPONDING', method: 'hang' })
    await client.stop()
    expect(client.running).toBe(false)
  })
})
