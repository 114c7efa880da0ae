// What messages of a Python child and of a Python host carry beside their params.
import { rmSync } from 'node:fs'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { python } from '../support/toolchains.js'
import { Wire } from '../support/wire.js'
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { wirePrograms } from './wire-programs.js'

let folder = ''
beforeAll(() => {
  folder = wirePrograms()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe.skipIf(python === undefined)('meta at a Python child', () => {
  let wire: Wire
  beforeEach(() => {
    wire = new Wire([python ?? 'python3', path.join(folder, 'wire_child.py')])
  })
  afterEach(() => {
    wire.child.kill('SIGKILL')
  })

  const send = (message: object): Wire => wire.send(JSON.stringify({ jsonrpc: '2.0', ...message }))
  const about = (id: number, how: string, more: object): Wire =>
    send({ id, method: 'about', ...more, params: { how } })

  it('reaches the handler, and what it says passes it on, with the call that it serves', async () => {
    about(7, 'more', { meta: { trace: 'a' } })
    const meta = { trace: 'a', own: 'x' }
    expect(await wire.next()).toEqual({
      jsonrpc: '2.0',
      method: 'heard',
      meta,
      for: 7,
      params: { text: 'more' },
    })
    expect(await wire.next()).toEqual({ jsonrpc: '2.0', id: 1, method: 'hostAbout', meta, for: 7 })
    send({ id: 1, result: {} })
    expect(await wire.next()).toMatchObject({ id: 7, result: { meta: { trace: 'a' }, for: 'None' } })
    send({ id: 8, method: 'laterAbout', meta: { trace: 'b' } })
    expect(await wire.next()).toEqual({
      jsonrpc: '2.0',
      id: 2,
      method: 'hostAbout',
      meta: { trace: 'b' },
      for: 8,
    })
  })

  it('is not passed on where a call says so', async () => {
    about(7, 'none', { meta: { trace: 'a' } })
    expect(await wire.next()).not.toHaveProperty('meta')
    expect(await wire.next()).toEqual({ jsonrpc: '2.0', id: 1, method: 'hostAbout', for: 7 })
  })

  it('has 8 KiB at most, before anything is written', async () => {
    about(7, 'large', {})
    expect(await wire.next()).toMatchObject({
      id: 7,
      error: {
        message:
          'ValueError: heard was not sent: its meta has 8204 bytes as JSON, the limit is 8192: send what is large in params',
      },
    })
    about(8, 'none', { meta: { x: 'x'.repeat(8192) } })
    expect(await wire.next()).toMatchObject({ id: 8, error: { code: -32600 } })
  })

  it.each([1, null, 'x', [], { x: 1 }, { x: null }])('is refused where it is %j', async meta => {
    about(7, 'none', { meta })
    expect(await wire.next()).toMatchObject({
      id: 7,
      error: {
        code: -32600,
        message: 'The meta of a message must be an object of strings, of at most 8 KiB as JSON',
      },
    })
  })

  it('names the call that a request serves, if it is an open one', async () => {
    about(7, 'none', {})
    await wire.next()
    await wire.next()
    // Our call 1 is open.
    for (const other of [1, 2, '1', null, 1.5, true])
      send({ id: `for ${String(other)}`, method: 'rpc.ping', for: other })
    for (let n = 0; n < 6; n++) expect(await wire.next()).toMatchObject({ result: null })
    about(8, 'none', { for: 1 })
    about(9, 'none', { for: 99 })
    send({ id: 1, result: {} })
    const answers: unknown[] = []
    while (answers.length < 3) {
      const message = (await wire.next()) as { id?: number; method?: string; result?: { for?: string } }
      if (message.method === 'hostAbout') send({ id: message.id, result: {} })
      else if (message.method === undefined) answers.push([message.id, message.result?.for])
    }
    expect(answers.sort()).toEqual([
      [7, 'None'],
      [8, '1'],
      [9, 'None'],
    ])
  })
})

describe.skipIf(python === undefined)('meta at a Python host', () => {
  it.each(['threads', 'coroutines'])(
    'is asked for at each call, and comes back in its handlers, on %s',
    async way => {
      const { stdout } = await promisify(execFile)(
        python ?? 'python3',
        [path.join(folder, 'wire_meta_host.py'), way],
        { cwd: folder },
      )
      expect(JSON.parse(stdout)).toEqual([
        { meta: { count: '1' }, host: { count: '1', own: 'x', for: '2' } },
        { meta: { count: '2', mine: 'y' }, host: { count: '2', mine: 'y', own: 'x', for: '3' } },
        { meta: {}, host: { own: 'x', for: '4' } },
      ])
    },
  )
})
