import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { Worker, type WorkerError } from '../src/index.js'
import { fixture } from './fixture.js'
import './leaves-nothing.js'

const run = promisify(execFile)
const untexted: unknown = Object.create(null)

/** What is reported to the `error` event. */
function errorsOf(worker: Worker): WorkerError[] {
  const errors: WorkerError[] = []
  worker.on('error', error => errors.push(error))
  return errors
}

describe('what has no text', () => {
  test('rejects its own question and touches no other', async () => {
    await using worker = new Worker('cat')
    const questions = [worker.ask('a'), worker.ask(untexted), worker.ask('b')]
    const settled = await Promise.allSettled(questions)
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(await worker.ask('c')).toBe('c')
  })
})

describe('a listener or callback that is async and rejects', () => {
  test('is reported like one that throws', async () => {
    const worker = new Worker(['sh', '-c', 'echo a; echo b >&2'], {
      start: false,
      stderr: (() => Promise.reject(new Error('stderr'))) as () => never,
    })
    const errors = errorsOf(worker)
    worker.on('line', () => Promise.reject(new Error('line')) as never)
    worker.start()
    await worker.exited
    await new Promise(resolve => setImmediate(resolve))
    expect(errors.map(({ code, cause }) => [code, (cause as Error).message]).sort()).toEqual([
      ['CALLBACK_FAILED', 'line'],
      ['CALLBACK_FAILED', 'stderr'],
    ])
  })
})

describe('start()', () => {
  test('between exit and the end of the output begins another run after this one', async () => {
    let exits = 0
    const worker = new Worker(['sh', '-c', 'echo hi'], { start: false })
    worker.on('exit', () => {
      exits += 1
      if (exits === 1) worker.start()
    })
    worker.start()
    await worker.exited
    expect(exits).toBe(2)
  })

  test('in a give-up listener begins a life of its own', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'give-up-'))
    const ready = path.join(folder, 'ready')
    const program = ['sh', '-c', '[ -e "$0" ] && exec cat; exit 1', ready]
    await using worker = new Worker(program, {
      start: false,
      restart: { max: 1, withinMs: 90_000, backoff: { initial: 1 } },
    })
    errorsOf(worker)
    const gaveUp = once(worker, 'give-up')
    worker.on('give-up', () => {
      writeFileSync(ready, '')
      worker.start()
    })
    worker.start()
    await gaveUp
    // A worker that is over has loops that end at once.
    const loop = worker[Symbol.asyncIterator]()
    expect(await worker.ask('alive')).toBe('alive')
    expect(await loop.next()).toEqual({ value: 'alive', done: false })
    await rm(folder, { recursive: true })
  })
})

test('bytes are copied: the buffer may be used again at once', async () => {
  const lines: string[] = []
  const worker = new Worker('cat', line => lines.push(line))
  const buffer = Buffer.from('aaa\n')
  worker.write(buffer)
  buffer.write('bbb\n')
  worker.write(buffer)
  await worker.stop()
  expect(lines).toEqual(['aaa', 'bbb'])
})

test('a command with very long arguments is told in few words', async () => {
  const worker = new Worker(['true', 'x'.repeat(3_000_000)], { start: false })
  const [error] = await new Promise<WorkerError[]>(resolve => {
    worker.on('error', error => resolve([error]))
    worker.start()
  })
  expect(error?.message).toContain('E2BIG')
  expect(error?.message.length).toBeLessThan(2000)
})

test('a host whose working directory was removed gets an error and lives', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'removed-'))
  // Before Node has looked, for it keeps what it saw.
  const script = 'rmdir "$PWD"; exec "$0" "$1"'
  const { stdout } = await run('sh', ['-c', script, ...fixture('starts-nothing')], { cwd: folder })
  expect(stdout).toMatch(/^START_FAILED .*does not exist/)
})

test('stop() does not count the time in which the host itself was blocked', async () => {
  let count = 0
  const worker = new Worker('cat', () => (count += 1))
  for (let number = 0; number < 300_000; number++) worker.send(`line ${number}`)
  await new Promise(resolve => setImmediate(resolve))
  const stopped = worker.stop({ input: 1000 })
  const until = performance.now() + 1100
  while (performance.now() < until);
  expect(await stopped).toEqual({ code: 0, signal: null })
  expect(count).toBe(300_000)
})
