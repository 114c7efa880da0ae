// What errors say to people outside: every code once, each from a program that makes it.
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { stopFailed } from '../src/errors/worker-errors.js'
import { Worker, WorkerError, type WorkerErrorCode, type WorkerOptions } from '../src/index.js'
import './leaves-nothing.js'

const life: WorkerOptions = { stderr: () => undefined, stop: { input: 20, term: 20 } }
/** A program whose command, stderr and output have something that is nobody’s business. */
const program = (script: string, options: WorkerOptions = {}): Worker =>
  new Worker(['sh', '-c', script, '/secret/argument'], { ...life, ...options })

async function failed(promise: Promise<unknown>): Promise<WorkerError> {
  const error: unknown = await promise.catch((reason: unknown) => reason)
  if (error instanceof WorkerError) return error
  throw new Error('It did not fail with a WorkerError')
}

/** What `ask` fails with. */
async function asked(worker: Worker, timeout?: number): Promise<WorkerError> {
  const error = await failed(worker.ask('/secret/question', timeout === undefined ? {} : { timeout }))
  await worker.stop()
  return error
}

/** The first error that no promise reports. */
const reported = async (worker: Worker): Promise<WorkerError> => {
  const error = await new Promise<WorkerError>(resolve => worker.on('error', resolve))
  await worker.stop()
  return error
}

/** A decoder, whose lines may not wait. */
const impatient: WorkerOptions['decoder'] = lines => ({
  push: chunk => {
    for (const line of Buffer.from(chunk).toString().split('\n')) lines.line(line)
  },
  end: () => undefined,
})

const errors: Record<WorkerErrorCode, () => Promise<WorkerError>> = {
  START_FAILED: async () => {
    const worker = new Worker(['no-such-program', '/secret'], { ...life, env: { PATH: '/secret/bin' } })
    const { error } = await worker.exited
    return error ?? failed(Promise.resolve())
  },
  NOT_RUNNING: () => asked(program('cat', { start: false })),
  WORKER_EXITED: () => asked(program('read line; echo /secret/file >&2; exit 7')),
  STDOUT_CLOSED: () => asked(program('read line; exec >&-; sleep 600')),
  STDIN_CLOSED: () => asked(program('exec <&-; exec sleep 600')),
  TIMEOUT: () => asked(program('cat >/dev/null'), 50),
  ABORTED: async () => {
    await using worker = program('cat >/dev/null')
    const signal = AbortSignal.abort(new Error('/secret/reason'))
    return await failed(worker.ask('/secret/question', { signal }))
  },
  LINE_TOO_LONG: () => reported(program(`echo /secret/${'x'.repeat(2000)}; cat`, { maxLineBytes: 1000 })),
  LINES_LOST: async () => {
    const worker = program('seq 1 200000', { decoder: impatient })
    const lost = reported(worker)
    const loop = worker[Symbol.asyncIterator]()
    await once(worker, 'close')
    while ((await loop.next()).done !== true);
    return lost
  },
  RESTARTED_TOO_OFTEN: () =>
    reported(program('echo /secret >&2; exit 7', { restart: { max: 1, withinMs: 1000 } })),
  STOP_FAILED: () => Promise.resolve(stopFailed(1234, 'EPERM /secret')),
  CALLBACK_FAILED: async () => {
    const worker = program('echo; cat')
    worker.on('line', () => {
      throw new Error('/secret/callback')
    })
    return reported(worker)
  },
}

test.skipIf(process.platform === 'win32').each(Object.entries(errors))(
  'the shortMessage of %s has no command, path or output, and is one line',
  async (code, make) => {
    const error = await make()
    expect(error.code).toBe(code)
    expect(error.shortMessage).toMatch(/^[A-Z].{10,}$/)
    expect(error.shortMessage).not.toMatch(/secret|PATH|\bsh\b|[/\\\n]/)
  },
)
