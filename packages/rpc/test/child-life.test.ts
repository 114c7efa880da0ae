import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { afterEach, describe, expect, it } from 'vitest'
import { fixture } from './start-calculator.js'

interface Line {
  id?: unknown
  method?: string
  params?: { id?: unknown }
  result?: unknown
  error?: { code: number; message: string }
}

let child: ChildProcessWithoutNullStreams

/** The calculator, its input and output in the test's own hands. */
function start(name = 'calculator.mjs'): {
  lines: AsyncIterator<string>
  next: () => Promise<Line>
  exit: Promise<unknown[]>
} {
  child = spawn(process.execPath, [fixture(name)])
  child.stdin.on('error', () => undefined)
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async (): Promise<Line> => JSON.parse((await lines.next()).value as string) as Line
  return { lines, next, exit: once(child, 'exit') }
}
const request = (id: number, method: string, params: object): string =>
  `${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`

afterEach(() => {
  child.kill('SIGKILL')
})

describe('A Node child whose input ends', () => {
  it('answers what was asked, an unterminated line too, and exits with 0', async () => {
    const { next, exit } = start()
    child.stdin.end(request(1, 'add', { a: 1, b: 2 }) + request(2, 'add', { a: 3, b: 4 }).trim())
    expect(await next()).toEqual({ jsonrpc: '2.0', id: 1, result: 3 })
    expect(await next()).toEqual({ jsonrpc: '2.0', id: 2, result: 7 })
    expect(await exit).toEqual([0, null])
  })

  it('sends a stream to its end without any credit', async () => {
    const { next, exit } = start()
    child.stdin.end(request(1, 'count', { to: 5000, pad: 1000 }))
    let items = 0
    let last: Line
    do {
      last = await next()
      if (last.method === '$/items') items += (last.params as { values: unknown[] }).values.length
    } while (last.id !== 1)
    expect(last.result).toBe(5000)
    expect(items).toBe(5000)
    expect(await exit).toEqual([0, null])
  })

  it('fails its own requests, open and later ones, with HOST_CLOSED, and answers for them', async () => {
    const { next, exit } = start()
    child.stdin.write(request(1, 'ask', { question: 'x' }))
    expect(await next()).toMatchObject({ method: 'confirm' })
    child.stdin.end(request(2, 'nest', { depth: 3 }))
    const answers: Line[] = []
    while (answers.length < 2) {
      const line = await next()
      if (line.method === undefined) answers.push(line)
    }
    for (const answer of answers) expect(answer.error?.code).toBe(-32603)
    expect(answers.map(answer => answer.error?.message).join()).toMatch(/host closed the connection/)
    expect(await exit).toEqual([0, null])
  })

  it('answers a long first message that nothing follows', async () => {
    const { next, exit } = start()
    const value = 'x'.repeat(100_000)
    child.stdin.end(request(1, 'echo', { value }))
    expect(await next()).toMatchObject({ id: 1, result: value })
    expect(await exit).toEqual([0, null])
  })

  it('still tells what it has to tell', async () => {
    const { next, exit } = start('tells-at-the-end.mjs')
    child.stdin.end(request(1, 'hang', {}))
    expect(await next()).toEqual({ jsonrpc: '2.0', method: 'log', params: { text: 'done' } })
    expect(await next()).toMatchObject({ id: 1, result: null })
    expect(await exit).toEqual([0, null])
  })

  it('lives on while handlers run and somebody reads, and looks whether somebody does', async () => {
    const { next, exit } = start()
    child.stdin.end(request(1, 'hang', {}))
    expect(await next()).toEqual({ jsonrpc: '2.0', method: '$/draining' })
    expect(await next()).toEqual({ jsonrpc: '2.0', method: '$/draining' })
    expect(child.exitCode).toBeNull()
    child.stdout.destroy()
    expect(await exit).toEqual([1, null])
  })

  it('leaves what was cancelled cancelled', async () => {
    const { next, exit } = start()
    child.stdin.end(
      `${request(1, 'hang', {})}${JSON.stringify({ jsonrpc: '2.0', method: '$/cancelRequest', params: { id: 1 } })}\n`,
    )
    // The handler tells the host that it was cancelled before it ends.
    expect(await next()).toMatchObject({ method: 'log' })
    expect(await next()).toMatchObject({ id: 1, error: { code: -32800 } })
    expect(await exit).toEqual([0, null])
  })
})

describe('A Node child', () => {
  it('ends when nobody reads its output any more', async () => {
    const { exit } = start()
    child.stdout.destroy()
    child.stdin.write(request(1, 'hang', {}))
    // It learns of it when it writes.
    for (let id = 2; id < 10; id++) child.stdin.write(request(id, 'add', { a: 1, b: 1 }))
    expect(await exit).toEqual([1, null])
  })

  it('sends its prints, and what is piped into its stdout, to stderr', async () => {
    const { lines, exit } = start('prints-a-lot.mjs')
    let stderr = ''
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk))
    child.stdin.end(request(1, 'add', { a: 1, b: 2 }))
    const seen = []
    for (let line = await lines.next(); line.done !== true; line = await lines.next()) seen.push(line.value)
    await exit
    expect(seen).toEqual(['{"jsonrpc":"2.0","id":1,"result":3}'])
    for (const text of ['logged', 'written', 'piped', 'ended', 'a subprocess’s word'])
      expect(stderr).toContain(text)
  })

  it('copies lines that are no message to stderr', async () => {
    const { next, exit } = start()
    let stderr = ''
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk))
    child.stdin.end(`a word\n${request(1, 'add', { a: 1, b: 2 })}`)
    expect(await next()).toMatchObject({ id: 1, result: 3 })
    await exit
    expect(stderr).toBe('a word\n')
  })

  it('answers a ping between the turns of a busy handler', async () => {
    const { next } = start()
    child.stdin.write(request(1, 'count', { to: 1_000_000_000 }))
    child.stdin.write('{"jsonrpc":"2.0","id":2,"method":"rpc.ping"}\n')
    let line = await next()
    while (line.id !== 2) line = await next()
    expect(line).toEqual({ jsonrpc: '2.0', id: 2, result: null })
  })
})
