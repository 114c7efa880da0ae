// What goes wrong at a host's own end in Python reaches whoever listens, and stderr if nobody does.
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { python } from '../support/toolchains.js'
import { HostPrograms } from './host-programs.js'

let programs: HostPrograms
beforeAll(() => {
  programs = new HostPrograms('host_reports.py')
})
afterAll(() => programs.remove())

async function ran(...args: string[]): Promise<{ heard: unknown; stderr: string }> {
  const run = programs.start('host_reports.py', ...args)
  const heard = await run.next()
  await once(run.process, 'close')
  return { heard, stderr: run.stderr }
}

const misfits = [
  ['The params of nest do not fit the contract: params/depth must be an integer', { depth: 'deep' }],
  ["There is no method 'absent' here", { a: 1 }],
  ['The notification log does not fit the contract: params/text must be a string', { text: 3 }],
  ["There is no notification 'missing' here", { b: 2 }],
  ['Received a response to 7777, which is not the id of any call', { jsonrpc: '2.0', id: 7777, result: 1 }],
  ['The progress of count does not fit the contract: progress must be an integer', 'half'],
]
const failures = [
  ['KeyError', "'b'"],
  [
    'RpcError',
    'The result of nest does not fit the contract: result must be an integer from -9007199254740991 to 9007199254740991, not 1152921504606846976 (INVALID_RESULT)',
  ],
  ['LookupError', 'x'],
]

describe.skipIf(python === undefined || process.platform !== 'linux').concurrent.each([
  ['threads', 'plain'],
  ['threads', 'coroutines'],
  ['coroutines', 'plain'],
  ['coroutines', 'coroutines'],
])('a host in Python for %s, whose handlers are %s', (form, handlers) => {
  it('tells on_error of failures, and on_protocol_error of messages and the values in them', async () => {
    const { heard, stderr } = await ran(form, 'heard', handlers)
    // Coroutines end later than what came after them.
    const sorted = (entries: unknown): unknown =>
      (entries as unknown[]).map(each => JSON.stringify(each)).sort()
    expect(sorted(heard)).toEqual(sorted([...misfits, ...failures, ['RuntimeError', 'a callback']]))
    // asyncio in its debug mode writes of its own there.
    expect(stderr).not.toMatch(/^simple-ipc: /m)
  })

  it('writes both to stderr if nobody listens', async () => {
    const { stderr } = await ran(form, 'silent', handlers)
    for (const [message] of misfits) expect(stderr).toContain(`simple-ipc: ${message as string} (received `)
    expect(stderr).toContain("(received {'depth': 'deep'})")
    expect(stderr.match(/^simple-ipc: the handler of '(?:nest|log)' failed:$/gm)).toHaveLength(3)
    expect(stderr).toContain("\nKeyError: 'b'\n")
  })

  it('lives on when the callbacks fail, which stderr shows', async () => {
    const { stderr } = await ran(form, 'broken', handlers)
    expect(stderr.match(/^simple-ipc: on_error failed:$/gm)).toHaveLength(3)
    expect(stderr.match(/^simple-ipc: on_protocol_error failed:$/gm)).toHaveLength(6)
  })

  it('shows the beginning of a flood, and says so', async () => {
    const { stderr } = await ran(form, 'flood', handlers)
    expect(stderr.match(/^simple-ipc: The notification log/gm)).toHaveLength(10)
    expect(stderr.match(/^simple-ipc: the handler of 'nest' failed/gm)).toHaveLength(100)
    expect(stderr).toContain('simple-ipc: further such messages are not shown for 10 s\n')
    expect(stderr).toContain('simple-ipc: further failures are not shown for 10 s\n')
  })
})
