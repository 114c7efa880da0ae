import { Client, type Framing } from '@simple-ipc/rpc'
import { afterEach, describe, expect, it } from 'vitest'
import { guardedStdio } from '../src/serve/guard-descriptors.js'
import { calculator } from './fixtures/calculator-contract.mjs'
import { failureOf, fixture, type Calculator } from './start-calculator.js'

let client: Client<Calculator>
let lines: string[]
let stderr: string[]

function start(framing: Framing = 'lines'): Client<Calculator> {
  lines = []
  stderr = []
  return new Client(calculator, [process.execPath, fixture('lends-its-stdio.mjs'), framing], {
    framing,
    host: { confirm: () => true, nest: () => 0 },
    onLine: line => lines.push(line),
    stderr: line => stderr.push(line),
  })
}

afterEach(() => client.stop())

const acts = ['closes', 'closesEarly', 'decodes', 'pauses', 'listens', 'destroys', 'forgets', 'reads']
const subprocesses = ['spawns', 'spawnsList', 'spawnsSync', 'executes', 'executesFile']

describe.each<Framing>(['lines', 'headers'])('A Node child over %s', framing => {
  it.each(acts)('reads on when a handler does with process.stdin what %s it', async act => {
    client = start(framing)
    expect(await client.call('echo', { value: act })).toBe(act)
    const text = 'é😀'.repeat(50_000)
    expect(await client.call('echo', { value: text })).toBe(text)
  })

  it.each(subprocesses)('lends neither its stdin nor its stdout to a subprocess: %s', async act => {
    client = start(framing)
    const act1 = client.call('echo', { value: act })
    const behind = client.call('echo', { value: 'behind' })
    expect(await Promise.all([act1, behind])).toEqual([act, 'behind'])
    await client.stop()
    expect(stderr).toEqual(['from a subprocess'])
    expect(lines).toEqual([])
  })

  it('finishes an answer that is half written when a subprocess writes', async () => {
    client = start(framing)
    await client.call('add', { a: 1, b: 1 })
    const answers = [client.call('told'), client.call('count', { to: 0 }), client.call('told')] as const
    for (let until = Date.now() + 300; Date.now() < until;);
    const [first, , second] = await Promise.all(answers)
    expect([first[0]?.length, second[0]?.length]).toEqual([4_000_000, 4_000_000])
    await client.stop()
    expect(stderr).toEqual(['from a subprocess'])
  })
})

it('serve() is refused when this program serves already', async () => {
  client = start()
  expect(await failureOf(client.call('print', { text: '' }))).toMatchObject({
    message:
      "serve() was called for 'calculator', but this program already serves 'calculator': its stdin and stdout can belong to one contract only",
  })
  expect(await client.call('add', { a: 1, b: 1 })).toBe(2)
})

it.each([
  ['inherit', ['ignore', 2, 2]],
  [
    ['inherit', 'inherit', 'inherit', 'ipc'],
    ['ignore', 2, 'inherit', 'ipc'],
  ],
  [
    [0, 1, 2, 0],
    ['ignore', 2, 2, 'ignore'],
  ],
  [
    [process.stdin, process.stdout, process.stderr],
    ['ignore', 2, process.stderr],
  ],
  ['pipe', 'pipe'],
  [
    ['pipe', undefined, null],
    ['pipe', undefined, null],
  ],
])('a subprocess with stdio %j gets %j', (stdio, given) => {
  expect(guardedStdio(stdio)).toEqual(given)
})
