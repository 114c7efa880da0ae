// The items of streams on the wire of a Python child and of a Python host.
import { execFile } from 'node:child_process'
import { rmSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { python } from '../support/toolchains.js'
import { Wire } from '../support/wire.js'
import { wirePrograms } from './wire-programs.js'

interface Message {
  id?: unknown
  method?: string
  params?: { id?: unknown; values?: unknown[] }
  result?: unknown
  error?: { code: number; message: string; data?: unknown }
}

const call = (id: unknown, method: string, params?: unknown): string =>
  JSON.stringify({ jsonrpc: '2.0', id, method, params })
const credit = (id: unknown, items: number): string =>
  JSON.stringify({ jsonrpc: '2.0', method: '$/credit', params: { id, items } })

let folder = ''
beforeAll(() => {
  folder = wirePrograms()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe.skipIf(python === undefined)('the items of a Python child', () => {
  let wire: Wire
  beforeEach(() => {
    wire = new Wire([python ?? 'python3', path.join(folder, 'wire_child.py')])
  })
  afterEach(() => {
    wire.child.kill('SIGKILL')
  })

  const next = async (): Promise<Message> => (await wire.next()) as Message
  /** Messages until there are as many items; each must have some. */
  const items = async (count: number): Promise<unknown[][]> => {
    const all: unknown[][] = []
    for (let left = count; left > 0; left -= all.at(-1)?.length ?? 0) {
      const message = await next()
      expect(message.method).toBe('$/items')
      expect(message.params?.values?.length).toBeGreaterThan(0)
      all.push(message.params?.values ?? [])
    }
    return all
  }
  const upTo = (to: number): number[] => Array.from({ length: to }, (_, n) => n)

  it.each(['numbers', 'laterNumbers'])(
    'of %s come several in one message, at most 256, as the window allows',
    async method => {
      wire.send(call(1, method, { to: 5000 }))
      const first = await items(4096)
      expect(first.flat()).toEqual(upTo(4096))
      expect(Math.max(...first.map(values => values.length))).toBeLessThanOrEqual(256)
      expect(first.length).toBeLessThan(4096)
      wire.send(call('p', 'rpc.ping'))
      expect(await next(), 'nothing but this answer').toMatchObject({ id: 'p' })
      wire.send(credit(1, 10))
      expect((await items(10)).flat()).toEqual(upTo(10).map(n => n + 4096))
      wire.send(credit(1, 4096))
      await items(5000 - 4106)
      expect(await next()).toMatchObject({ id: 1, result: 5000 })
    },
  )

  it.each(['numbers', 'laterNumbers'])('of %s are written before it pauses', async method => {
    wire.send(call(1, method, { to: 5, how: 'pause' }))
    expect((await items(3)).flat()).toEqual([0, 1, 2])
    wire.send('{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":1}}')
    expect(await next()).toMatchObject({ id: 1, error: { code: -32800 } })
  })

  it('keep their place beside progress', async () => {
    wire.send(call(1, 'numbers', { to: 6, how: 'progress' }))
    expect((await items(3)).flat()).toEqual([0, 1, 2])
    expect(await next()).toMatchObject({ method: '$/progress', params: { token: 1, value: 3 } })
    expect((await items(3)).flat()).toEqual([3, 4, 5])
    expect(await next()).toMatchObject({ id: 1, result: 6 })
  })

  it('come before the error of one that does not fit', async () => {
    wire.send(call(1, 'numbers', { to: 6, how: 'misfit' }))
    expect((await items(3)).flat()).toEqual([0, 1, 2])
    expect(await next()).toMatchObject({ id: 1, error: { code: -32603, data: { issues: [{ path: '' }] } } })
  })

  it('fill the window by their bytes; large ones go alone', async () => {
    wire.send(call(1, 'texts', { to: 20, size: 300_000 }))
    expect((await items(4)).map(values => values.length)).toEqual([1, 1, 1, 1])
    wire.send(call('p', 'rpc.ping'))
    expect(await next(), 'nothing but this answer').toMatchObject({ id: 'p' })
    wire.send(credit(1, 1))
    expect(await items(1)).toHaveLength(1)
    wire.send(credit(1, 1_000_000))
    await items(4)
  })

  it('share a message up to 64 KiB', async () => {
    wire.send(call(1, 'texts', { to: 100, size: 10_000 }))
    const all = await items(100)
    expect(Math.max(...all.map(values => values.length))).toBeLessThanOrEqual(6)
    expect(await next()).toMatchObject({ id: 1, result: null })
  })

  it('are told apart from those of another version of the protocol', async () => {
    wire.send(call(1, 'rpc.contract'))
    expect(await next()).toMatchObject({ id: 1, result: { protocol: 2 } })
  })
})

describe.skipIf(python === undefined)('the items at a Python host', () => {
  const host = async (scenario: string, way: string): Promise<unknown> => {
    const { stdout } = await promisify(execFile)(
      python ?? 'python3',
      [path.join(folder, 'wire_host.py'), scenario, way],
      { cwd: folder },
    )
    return JSON.parse(stdout)
  }

  describe.each(['threads', 'coroutines'])('on %s', way => {
    it('are read one by one, whatever they share a message with, and credited', async () => {
      expect(await host('items', way)).toEqual({
        items: Array.from({ length: 3000 }, (_, n) => n),
        end: 3000,
        credited: 3000,
      })
    })

    it('come before the error of one that does not fit', async () => {
      expect(await host('misfit', way)).toEqual({ items: [0, 1], end: 'INVALID_ITEM' })
    })

    it('do not come from a child of another version of the protocol', async () => {
      expect(await host('version', way)).toEqual({
        items: [],
        end: 'CONTRACT_MISMATCH',
        why: 'The other side speaks version 1 of the simple-ipc protocol, this side version 2: generate the code of both with the same simple-ipc, and start them again (CONTRACT_MISMATCH)',
      })
    })
  })
})
