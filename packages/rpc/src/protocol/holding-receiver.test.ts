import { beforeEach, expect, it } from 'vitest'

import { HoldingReceiver } from './holding-receiver.js'
import type { MessageReceiver } from './message-parser.js'

const short = '{"jsonrpc":"2.0","method":"a"}'
const long = `{"jsonrpc":"2.0","method":"a","params":["${'x'.repeat(20_000)}"]}`

let seen: unknown[]
let loads: number
let loaded: () => void
let receiver: HoldingReceiver
const next: MessageReceiver = {
  line: text => seen.push(['line', text]),
  body: text => seen.push(['body', text]),
  plain: text => seen.push(['plain', text]),
  skipped: (_, bytes) => seen.push(['skipped', bytes]),
  wrong: why => seen.push(['wrong', why]),
  ending: () => seen.push(['ending']),
  value: value => seen.push(['value', value]),
  after: go => go(),
}
const turn = () => new Promise(resolve => setImmediate(resolve))

beforeEach(() => {
  seen = []
  loads = 0
  const load = () => {
    loads++
    return new Promise<void>(resolve => (loaded = resolve))
  }
  receiver = new HoldingReceiver(next, load)
})

it('lets what is short through, and loads the compiler behind the first message', async () => {
  receiver.line('a plain line')
  await turn()
  expect(loads).toBe(0)
  receiver.line(short)
  receiver.body(short)
  expect(loads).toBe(0)
  await turn()
  expect(loads).toBe(1)
  expect(seen).toEqual([
    ['line', 'a plain line'],
    ['line', short],
    ['body', short],
  ])
})

it('holds what is long, and whatever comes behind it, in its order', async () => {
  receiver.line(long)
  receiver.line(short)
  receiver.body(short)
  receiver.plain('plain')
  receiver.skipped(Buffer.from(''), 5)
  receiver.wrong('a sentence')
  receiver.value({ a: 1 })
  receiver.after(() => seen.push('after'))
  expect(seen).toEqual([])
  loaded()
  await turn()
  const all = [
    ['line', long],
    ['line', short],
    ['body', short],
    ['plain', 'plain'],
    ['skipped', 5],
    ['wrong', 'a sentence'],
    ['value', { a: 1 }],
    'after',
  ]
  expect(seen).toEqual(all)
  receiver.line(long)
  expect(seen).toEqual([...all, ['line', long]])
})

it('holds values, whose length nobody knows', async () => {
  receiver.value(1)
  expect(seen).toEqual([])
  loaded()
  await turn()
  expect(seen).toEqual([['value', 1]])
})
