// A handler ends its program: what was answered and sent before is written first.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { fixture } from './start-calculator.js'

/** What a child has written, and its exit code, when it was asked all of this in one go. */
async function answersOf(framing: string, how: string, bytes: readonly number[]) {
  const child = spawn(process.execPath, [fixture('exits-at-work.mjs'), framing, how], {
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  const exited = once(child, 'exit')
  const closed = once(child, 'close')
  const requests = bytes.map((size, id) => ({ id, method: 'text', params: { bytes: size } }))
  const asked = [...requests, { id: 'take', method: 'take', params: { text: '' } }]
  child.stdin.write(
    asked
      .map(message => JSON.stringify({ jsonrpc: '2.0', ...message }))
      .map(text => (framing === 'lines' ? `${text}\n` : `Content-Length: ${text.length}\r\n\r\n${text}`))
      .join(''),
  )
  let text = ''
  // Each read is what the pipe had; it is full in between.
  for await (const chunk of child.stdout.setEncoding('utf8')) {
    text += chunk as string
    await new Promise(resolve => setImmediate(resolve))
  }
  const [code] = (await exited) as [number | null]
  await closed
  const lengths = Array.from(
    text.matchAll(/"id":(\d+),"result":"(x*)"\}/g),
    ([, , result = '']) => result.length,
  )
  return { code, lengths, end: text.slice(text.lastIndexOf('{"jsonrpc"')).trimEnd() }
}

describe.each(['lines', 'headers'])('A child in %s whose handler ends it', framing => {
  it.each([
    ['by process.exit', 'exit', 3],
    ['by process.exit, later', 'later', 3],
    ['by an exception that nobody catches', 'throw', 1],
  ])('%s writes first what it answered and sent', async (_, how, code) => {
    for (const bytes of [
      Array.from({ length: 50 }, () => 10),
      // More than a pipe takes.
      Array.from({ length: 100 }, () => 20_000),
      // Long ones are written in pieces.
      [5_000_000, 10, 3_000_000, 100_000, 1],
    ]) {
      expect(await answersOf(framing, how, bytes)).toEqual({
        code,
        lengths: bytes,
        end: '{"jsonrpc":"2.0","method":"told","params":{"pid":1}}',
      })
    }
  })
})

it('A child that ends itself does not wait for a host that reads nothing', async () => {
  const child = spawn(process.execPath, [fixture('exits-at-work.mjs'), 'lines', 'exit'], {
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  child.stdout.pause()
  const exited = once(child, 'exit')
  child.stdin.write('{"jsonrpc":"2.0","id":1,"method":"text","params":{"bytes":5000000}}\n')
  child.stdin.write('{"jsonrpc":"2.0","id":2,"method":"take","params":{"text":""}}\n')
  expect(await exited).toEqual([3, null])
  child.stdout.destroy()
})
