// What handlers of a Python child call the host with: coroutines await, all others wait.
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { discover, serializeContract } from '@simple-ipc/rpc'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { generate } from '../../src/generate/generate.js'
import { writeFiles } from '../../src/output/write-files.js'
import { contract } from '../cases/conversation.js'
import { inTests } from '../support/paths.js'
import { python } from '../support/toolchains.js'

interface Message {
  id?: number
  method?: string
  params?: Record<string, unknown>
  result?: unknown
  error?: { code: number; message: string }
}

/** A host that calls the child back as deep as it is asked to. */
class Host {
  readonly heard: Message[] = []
  private readonly child: ChildProcessWithoutNullStreams
  private readonly waiting = new Map<number, (answer: Message) => void>()
  private count = 0

  constructor(program: string) {
    this.child = spawn(python ?? 'python3', [program])
    // It is killed while it is told something.
    this.child.stdin.on('error', () => undefined)
    createInterface(this.child.stdout).on('line', line => this.take(line))
  }

  call(method: string, params?: unknown): Promise<Message> {
    const id = ++this.count
    return new Promise(resolve => {
      this.waiting.set(id, resolve)
      this.send({ id, method, params })
    })
  }

  send(message: object): void {
    this.child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)
  }

  end(): void {
    this.child.kill('SIGKILL')
  }

  private take(line: string): void {
    if (!line.startsWith('{')) {
      this.heard.push({ method: line })
      return
    }
    const message = JSON.parse(line) as Message
    const { id, method, params } = message
    if (method === undefined) this.waiting.get(id ?? 0)?.(message)
    // Whether a credit is written before the end depends on how fast the items are read.
    else if (method === '$/credit') return
    else if (id === undefined) this.heard.push(message)
    else void this.answer(id, method, params ?? {})
  }

  private async answer(id: number, method: string, params: Record<string, unknown>): Promise<void> {
    if (method === 'numbers') {
      const values = Array.from({ length: Number(params['to']) }, (_, value) => value)
      if (values.length > 0) this.send({ method: '$/items', params: { id, values } })
      this.send({ id, result: 1000 })
      return
    }
    const { result } = await this.call('nest', params)
    this.send({ id, result })
  }
}

describe.skipIf(python === undefined)('the context of a handler in Python', () => {
  let folder = ''
  let host: Host
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'simple-ipc-'))
    writeFiles(
      path.join(folder, 'generated'),
      generate(serializeContract(contract), 'python', discover(contract)),
    )
    cpSync(inTests('python', 'conversation_coroutines.py'), path.join(folder, 'child.py'))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  beforeEach(() => {
    host = new Host(path.join(folder, 'child.py'))
  })
  afterEach(() => host.end())

  it('has calls for coroutines to await, as many at once and as deep as there are', async () => {
    const calls = Array.from({ length: 40 }, () => host.call('nest', { depth: 20 }))
    for (const call of calls) expect(await call).toMatchObject({ result: 20 })
  })

  it('has streams for coroutines to read, and takes notifications and plain lines of theirs', async () => {
    expect(await host.call('sum', { to: 10 })).toMatchObject({ result: 1045 })
    expect(await host.call('say', { text: 'hello' })).toMatchObject({ result: null })
    expect(host.heard).toMatchObject([{ method: 'log', params: { text: 'hello' } }, { method: 'hello' }])
  })

  it('has calls for asynchronous generators to await', async () => {
    expect(await host.call('laterCount', { to: 3 })).toMatchObject({ result: 0 })
    expect(host.heard.flatMap(({ params }) => params?.['values'])).toEqual([0, 2, 4])
  })

  it('has calls that wait, for handlers that are plain', async () => {
    expect(await host.call('fail', { how: 'bare' })).toMatchObject({ result: 1 })
  })

  it('cancels a call with the task that awaits it', async () => {
    expect(await host.call('stubborn', { seconds: 0, deaf: false })).toMatchObject({ result: true })
    expect(host.heard).toMatchObject([{ method: '$/cancelRequest' }])
  })

  it('cancels the call that a coroutine awaits with the coroutine', async () => {
    const sum = host.call('sum', { to: 0 })
    const nest = host.call('nest', { depth: 1e6 })
    expect(await sum).toMatchObject({ result: 1000 })
    host.send({ method: '$/cancelRequest', params: { id: 2 } })
    expect(await nest).toMatchObject({ error: { code: -32800 } })
  })

  it('refuses at once what would block the event loop', async () => {
    const why = 'it would block the event loop on which it was called; await asyncio.to_thread(…) instead'
    expect(await host.call('later', { value: 0 })).toMatchObject({
      error: { code: -32603, message: `RuntimeError: nest was not sent: ${why}` },
    })
    expect(await host.call('slow', { seconds: 600 })).toMatchObject({
      error: {
        message: 'RuntimeError: context.wait would block the event loop: await asyncio.sleep(…) instead',
      },
    })
    expect(await host.call('later', { value: 1 })).toMatchObject({ result: 0 })
  })
})
