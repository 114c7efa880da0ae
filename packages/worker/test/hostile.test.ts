import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { getEventListeners, once } from 'node:events'
// Programs that misbehave, one fixture for each way.
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { Worker, type WorkerError, type WorkerOptions } from '../src/index.js'
import { fixture } from './fixture.js'
import { eventually, marked } from './leaves-nothing.js'

const folder = mkdtempSync(path.join(tmpdir(), 'simple-ipc-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Everything a program writes, and how it ends. */
async function run(command: string[], options: WorkerOptions = {}) {
  const lines: string[] = []
  const worker = new Worker(command, line => lines.push(line), options)
  const exit = await worker.exited
  return { lines, exit, worker }
}

test('ignores SIGTERM: it is killed after the grace', async () => {
  const worker = new Worker(fixture('ignores-sigterm'))
  await worker.until('ready')
  const told = worker.until('not now')
  const stopped = worker.stop({ input: 10, term: 300 })
  await told
  expect(await stopped).toEqual({ code: null, signal: 'SIGKILL' })
})

test('forks many: none of them is alive after stop(), in the same turn', async () => {
  const before = marked().length
  const worker = new Worker(fixture('forks-many'))
  await worker.until('ready')
  expect(marked().length).toBeGreaterThanOrEqual(before + 21)
  await worker.stop({ input: 0, term: 0 })
  expect(marked().length).toBe(before)
})

test('floods stderr: it is drained, its end is kept, and memory is not', async () => {
  const before = process.memoryUsage().rss
  let count = 0
  const { lines, worker } = await run(fixture('floods-stderr'), { stderr: () => count++ })
  expect(lines).toEqual(['done'])
  expect(count).toBe(320_001)
  expect(worker.exitReport().stderr.length).toBe(20)
  expect(worker.exitReport().stderr.at(-1)).toBe('the last words')
  expect(process.memoryUsage().rss - before).toBeLessThan(100e6)
})

test('floods stdout: a slow loop makes it wait, and gets every line', async () => {
  await using worker = new Worker(fixture('floods-stdout'), { stop: { input: 0 } })
  let next = 0
  for await (const line of worker) {
    if (line !== `line ${next++}`) throw new Error(`${line} came in place of line ${next - 1}`)
    if (next % 20_000 === 0) await new Promise(resolve => setTimeout(resolve, 10))
    if (next === 200_000) break
  }
  expect(next).toBe(200_000)
})

test('floods stdout: a loop that never takes a line does not fill the memory', async () => {
  await using worker = new Worker(fixture('floods-stdout'), { stop: { input: 0 } })
  const loop = worker[Symbol.asyncIterator]()
  await loop.next()
  // The pipe is paused: what the program writes in the meantime stays with the program.
  await new Promise(resolve => setTimeout(resolve, 300))
  const { heapUsed } = process.memoryUsage()
  await new Promise(resolve => setTimeout(resolve, 300))
  expect(process.memoryUsage().heapUsed - heapUsed).toBeLessThan(2e6)
})

test('exits at once: its code is told', async () => {
  const { exit, worker } = await run(fixture('exits-at-once'))
  expect(exit).toEqual({ code: 7, signal: null })
  expect(worker.send('x')).toBe(false)
})

test('exits mid-line: the unterminated line counts', async () => {
  const { exit, lines } = await run(fixture('exits-mid-line'))
  expect(lines).toEqual(['whole', 'hal'])
  expect(exit.code).toBe(3)
})

test('never reads stdin: what is sent waits in memory, and stop() is not held up', async () => {
  const worker = new Worker(fixture('never-reads'))
  await worker.until('ready')
  for (let count = 0; count < 10; count++) worker.send('x'.repeat(1_000_000))
  let drained = false
  const drain = worker.drained().then(() => (drained = true))
  await new Promise(resolve => setImmediate(resolve))
  expect(worker.bufferedAmount).toBeGreaterThan(9_000_000)
  expect(drained).toBe(false)
  await worker.stop({ input: 10, term: 1000 })
  await drain
  expect(worker.bufferedAmount).toBe(0)
})

test('closes stdout and lives on: stdout-end tells it, the worker goes on, nothing can be asked', async () => {
  const worker = new Worker(fixture('closes-stdout'), () => undefined)
  const waiting = worker.until('never')
  const ended = new Promise<void>(resolve => worker.once('stdout-end', resolve))
  await expect(waiting).rejects.toMatchObject({ code: 'STDOUT_CLOSED' })
  await ended
  expect(worker.running).toBe(true)
  expect(worker.data).toBe('last')
  await expect(worker.ask('x')).rejects.toMatchObject({ code: 'STDOUT_CLOSED' })
  expect(await worker.stop()).toEqual({ code: 0, signal: null })
})

test('closes stdin and lives on: what is sent is lost, and nothing throws', async () => {
  const worker = new Worker(fixture('closes-stdin'))
  await worker.until('closed')
  // The first write may still be taken, or find the pipe broken; after that the worker knows.
  worker.send('x')
  await worker.drained()
  await new Promise(resolve => setImmediate(resolve))
  expect(worker.send('y')).toBe(false)
  expect(worker.running).toBe(true)
  expect(worker.bufferedAmount).toBe(0)
  await worker.stop({ input: 10 })
})

test('prints before input: the greeting is waited for, or is the first lines', async () => {
  await using worker = new Worker(fixture('prints-before-input'))
  expect(await worker.until('ready')).toEqual(['welcome'])
  expect(await worker.ask('hello')).toBe('hello')
})

test.each([
  ['CRLF', 'a\r\nb\r\n', ['a', 'b']],
  ['no final newline', 'a\nb', ['a', 'b']],
  ['NUL', 'a\0b\n', ['a\0b']],
  ['broken UTF-8', Buffer.from([0x61, 0xff, 0xe2, 0x82, 0x0a, 0x62, 0x0a]), ['a\ufffd\ufffd', 'b']],
  ['a lone CR', 'a\rb\n', ['a\rb']],
  ['nothing', '', []],
])('writes %s', async (_, bytes, expected) => {
  const hex = Buffer.from(bytes as string).toString('hex')
  expect((await run(fixture('writes-hex', hex))).lines).toEqual(expected)
})

test.each(['SIGKILL', 'SIGTERM', 'SIGSEGV', 'SIGUSR2'])('dies by %s', async signal => {
  expect((await run(fixture('dies-by-signal', signal))).exit).toEqual({ code: null, signal })
})

test('exits while 64 KiB are still in the pipe: every line comes', async () => {
  const { lines, exit } = await run(fixture('leaves-64-kib'))
  expect(lines.length).toBe(1024)
  expect(exit).toEqual({ code: 0, signal: null })
})

test('exits while 64 KiB are still in the pipe and a loop is slow: every line comes', async () => {
  const worker = new Worker(fixture('leaves-64-kib'))
  const loop = worker[Symbol.asyncIterator]()
  await new Promise(resolve => worker.once('close', resolve))
  let count = 0
  for await (const line of loop) count += line.length > 0 ? 1 : 0
  expect(count).toBe(1024)
})

test('writes one line of 100 MB: it is skipped and reported, and the session goes on', async () => {
  const errors: WorkerError[] = []
  const worker = new Worker(['sh', '-c', 'head -c 100000000 /dev/zero; echo; echo after; cat'])
  worker.on('error', error => errors.push(error))
  expect(await worker.until('after')).toEqual([])
  expect(await worker.ask('still there')).toBe('still there')
  expect(errors).toEqual([expect.objectContaining({ code: 'LINE_TOO_LONG' })])
  expect(errors[0]?.message).toMatch(/^Skipped a line of 100000000 bytes/)
  await worker.stop()
})

test('a skipped line is the reply to a question for one line', async () => {
  const worker = new Worker('cat', { maxLineBytes: 10 })
  worker.on('error', () => undefined)
  await expect(worker.ask('x'.repeat(11))).rejects.toMatchObject({ code: 'LINE_TOO_LONG' })
  expect(await worker.ask('y')).toBe('y')
  await worker.stop()
})

describe('programs that cannot be started', () => {
  async function failure(command: string | string[], options: WorkerOptions = {}): Promise<string> {
    const errors: WorkerError[] = []
    const worker = new Worker(command, options)
    worker.on('error', error => errors.push(error))
    expect(worker.running).toBe(false)
    expect(worker.send('x')).toBe(false)
    const events: string[] = []
    for (const event of ['exit', 'close', 'start'] as const) worker.on(event, () => events.push(event))
    const { code, signal, error } = await worker.exited
    expect({ code, signal }).toEqual({ code: null, signal: null })
    expect(events).toEqual(['exit', 'close'])
    expect(errors).toEqual([error])
    expect(error?.code).toBe('START_FAILED')
    expect(error?.cause).toBeInstanceOf(Error)
    await worker.stop()
    return error?.message ?? ''
  }

  test('a name that is in no folder of PATH: cwd and PATH are told', async () => {
    const message = await failure(['no-such-program', 'spaced arg'], {
      cwd: '/tmp',
      env: { PATH: '/usr/bin:/bin' },
    })
    expect(message).toBe(
      "Cannot start no-such-program 'spaced arg': no such program (ENOENT): looked for no-such-program in each folder of PATH (cwd /tmp; PATH /usr/bin:/bin)",
    )
  })

  test('a path: where it leads to from the cwd is told', async () => {
    expect(await failure('bin/no-such-program', { cwd: '/tmp', env: {} })).toBe(
      'Cannot start bin/no-such-program: no such program (ENOENT): looked for /tmp/bin/no-such-program (cwd /tmp; PATH (not set))',
    )
  })

  test('a working directory that does not exist, or is none', async () => {
    expect(await failure('cat', { cwd: '/no/such/folder' })).toBe(
      'Cannot start cat: the working directory /no/such/folder does not exist (ENOENT)',
    )
    expect(await failure('cat', { cwd: '/etc/passwd' })).toMatch(
      /^Cannot start cat: the working directory \/etc\/passwd is no directory \(/,
    )
  })

  test('a file that is not executable', async () => {
    const file = path.join(folder, 'not-executable')
    writeFileSync(file, '#!/bin/sh\n', { mode: 0o644 })
    expect(await failure([file])).toMatch(/is not executable, or a folder .* \(EACCES\): chmod \+x/)
  })

  test('a directory', async () => {
    expect(await failure([folder])).toBe(
      `Cannot start ${folder}: ${folder} is a directory (EACCES; cwd ${process.cwd()}; PATH ${process.env['PATH'] ?? ''})`,
    )
  })

  test('a script whose interpreter does not exist', async () => {
    const file = path.join(folder, 'bad-interpreter')
    writeFileSync(file, '#!/no/such/interpreter -x\n', { mode: 0o755 })
    expect(await failure([file])).toMatch(
      /bad-interpreter exists, but its first line names the interpreter \/no\/such\/interpreter, which does not \(ENOENT/,
    )
  })

  test('arguments that are too long', async () => {
    expect(await failure(['cat', 'x'.repeat(3_000_000)])).toMatch(/too long for this system \(E2BIG\)/)
  })

  test('a script without a first line for the system runs in sh, and a hint tells so when that fails', async () => {
    const file = path.join(folder, 'no-interpreter')
    writeFileSync(file, 'import os  # this is Python\nprint(os)\n')
    chmodSync(file, 0o755)
    const { worker, exit } = await run([file], { stderr: 'ignore' })
    expect(exit.code).toBe(2)
    expect(worker.exitReport().hint).toMatch(/no-interpreter has no #! line, so sh was asked to run it/)
  })

  test('a program for another processor', async () => {
    const file = path.join(folder, 'other-processor')
    const elf = Buffer.alloc(64)
    elf.write('\x7fELF\x02\x01\x01', 'latin1')
    elf.writeUInt16LE(2, 16)
    elf.writeUInt16LE(0x7777, 18)
    writeFileSync(file, elf, { mode: 0o755 })
    const { worker, exit } = await run([file], { stderr: 'ignore' })
    expect(exit.code ?? exit.error?.message).not.toBe(0)
    expect(worker.exitReport().hint ?? exit.error?.message).toMatch(/built for another processor|ENOEXEC/)
  })
})

test('nothing of all these is left', async () => {
  await eventually(
    () => marked().length === 0,
    () => `alive: ${marked().join(', ')}`,
  )
})

describe('a program that closes its stdin and lives on', () => {
  const deaf = ['sh', '-c', 'read -r x; echo "$x"; exec sleep 100 </dev/null']

  test('cannot be asked, and a question says so', async () => {
    const worker = new Worker(deaf, { stop: { input: 10, term: 10 } })
    const closed = new Promise<void>(resolve => worker.once('stdin-close', resolve))
    expect(await worker.ask('one')).toBe('one')
    const error: unknown = await worker.ask('two').catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({
      code: 'STDIN_CLOSED',
      message: 'sh closed its stdin but is still running, so it cannot be asked',
      report: { lines: ['one'] },
    })
    await closed
    await expect(worker.ask('three')).rejects.toMatchObject({ code: 'STDIN_CLOSED' })
    expect(worker.running).toBe(true)
    await worker.stop()
  })

  test('may still say what is waited for without a question', async () => {
    const worker = new Worker(['sh', '-c', 'exec <&-; sleep 1; echo late'])
    const late = worker.until('late')
    await expect(worker.ask('x')).rejects.toMatchObject({ code: 'STDIN_CLOSED' })
    expect(await late).toEqual([])
    await worker.exited
  })
})

test('a host that was busy for longer than a timeout takes the reply that has arrived', async () => {
  await using worker = new Worker('cat')
  await worker.ask('warm')
  const reply = worker.ask('x', { timeout: 200 })
  await new Promise(resolve => setImmediate(resolve))
  for (const until = Date.now() + 600; Date.now() < until;);
  expect(await reply).toBe('x')
})

test('one signal for many workers, restarted ones too, and their questions has one listener, and none in the end', async () => {
  const warnings: Error[] = []
  const warned = (warning: Error): number => warnings.push(warning)
  process.on('warning', warned)
  const { signal } = new AbortController()
  const workers = Array.from({ length: 12 }, () => new Worker('cat', { signal }))
  const replies = workers.map(worker => worker.ask('x', { signal }))
  expect(getEventListeners(signal, 'abort')).toHaveLength(1)
  await Promise.all(replies)
  for (const worker of workers) {
    await worker.stop()
    worker.start()
    await worker.stop()
  }
  expect(getEventListeners(signal, 'abort')).toHaveLength(0)
  process.off('warning', warned)
  expect(warnings).toEqual([])
})

test('what a program wrote before it exited is read, however much the pipe holds and however busy the host is', async context => {
  const lines = 1_000_000
  const said: string[] = []
  let count = 0
  const program = `
import socket, os, sys
s = socket.socket(fileno=os.dup(1))
s.setsockopt(socket.SOL_SOCKET, 32, 16 << 20)
print(s.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF), file=sys.stderr)
sys.stdout.write('0123456\\n' * ${lines})
`
  const worker = new Worker(['python3', '-c', program], () => count++, { stderr: line => said.push(line) })
  await new Promise(resolve => setTimeout(resolve, 300))
  for (const until = Date.now() + 1500; Date.now() < until;);
  await worker.exited
  // Only root may raise the buffer of a socket beyond the system's limit.
  if (!(Number(said[0]) > 16 << 20)) context.skip()
  expect(count).toBe(lines)
})

test('a host whose stderr nobody reads keeps little of what it passes on, counts the rest, and has the last lines', async () => {
  const host = spawn(process.execPath, fixture('tees-unread').slice(1))
  const [line] = (await once(createInterface({ input: host.stdout }), 'line')) as [string]
  const { queued, last } = JSON.parse(line) as { queued: number; last: string }
  expect(queued).toBeLessThan(2 * 1024 * 1024)
  expect(last).toBe('the end')
  let stderr = ''
  host.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  host.stdin.end()
  await once(host, 'close')
  const told =
    /\n\[simple-ipc\] (\d+) bytes of a program's stderr were dropped here: nobody was reading\n/.exec(stderr)
  expect(stderr.length - (told?.[0].length ?? 0) + Number(told?.[1])).toBe(50_000_000 + 'the end\n'.length)
})
