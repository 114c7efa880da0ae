// A Python child opens what it needs before its first call, and closes it after its last.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Client, discover, serializeContract, type ClientOptions } from '@simple-ipc/rpc'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { generate } from '../../src/generate/generate.js'
import { writeFiles } from '../../src/output/write-files.js'
import { contract } from '../cases/conversation.js'
import { inTests } from '../support/paths.js'
import { python } from '../support/toolchains.js'

const program = python ?? 'python3'

describe.skipIf(python === undefined)('a Python child that opens and closes', () => {
  let folder = ''
  const clients: Client<(typeof contract)['spec']>[] = []
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'simple-ipc-'))
    writeFiles(
      path.join(folder, 'generated'),
      generate(serializeContract(contract), 'python', discover(contract)),
    )
    for (const file of ['conversation_child.py', 'lifespan_child.py'])
      cpSync(inTests('python', file), path.join(folder, file))
  })
  afterEach(() => Promise.all(clients.splice(0).map(client => client.stop())))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const start = (
    form: string,
    options: ClientOptions = {},
  ): { client: Client<(typeof contract)['spec']>; said: string[]; says: (text: string) => Promise<void> } => {
    const said: string[] = []
    let look = (): void => undefined
    const client = new Client(contract, [program, path.join(folder, 'lifespan_child.py'), form], {
      ...options,
      stderr: line => {
        said.push(line)
        look()
      },
      host: {
        nest: () => 0,
        numbers: () => {
          throw new Error('not asked')
        },
      },
    })
    clients.push(client)
    const says = (text: string): Promise<void> =>
      new Promise(resolve => {
        look = () => {
          if (said.includes(text)) resolve()
        }
        look()
      })
    return { client, said, says }
  }
  const failure = (promise: Promise<unknown>): Promise<Error & { code: unknown }> =>
    promise.then(
      () => {
        throw new Error('It did not fail')
      },
      (error: unknown) => error as Error & { code: unknown },
    )

  it.each([
    ['a context manager', 'plain', 'plain x', ['printed while opening', 'opened']],
    ['an asynchronous context manager', 'async', 'async x', ['opened']],
    ['a class of handlers that is a context manager', 'itself', 'itself x', ['opened']],
  ])('enters %s before the first message and leaves it after the last', async (_, form, answer, opened) => {
    const { client, said } = start(form)
    expect(await client.call('echo', { text: 'x' })).toBe(answer)
    await client.stop()
    expect(said).toEqual([...opened, 'closed', 'served'])
    expect(await client.worker.exited).toMatchObject({ code: 0 })
  })

  it.each(['plain', 'async'])('leaves %s when a handler ends the program', async form => {
    const { client, said } = start(form)
    await client.call('echo', { text: 'x' })
    const { code, message } = await failure(client.call('echo', { text: 'exit' }))
    expect([code, message]).toEqual(['WORKER_EXITED', expect.stringContaining('exited with code 3')])
    await client.worker.exited
    expect(said.slice(-2)).toEqual(['failed: SystemExit', 'closed'])
  })

  it.skipIf(process.platform === 'win32').each(['plain', 'async'])(
    'leaves %s at a signal whose handler ends the program',
    async form => {
      const { client, said } = start(form)
      await client.call('echo', { text: 'x' })
      process.kill(client.worker.pid ?? 0, 'SIGTERM')
      expect(await client.worker.exited).toMatchObject({ code: 5 })
      expect(said.slice(-2)).toEqual(['failed: SystemExit', 'closed'])
    },
  )

  it.skipIf(process.platform === 'win32')('leaves one that is interrupted while it is entered', async () => {
    const { client, said, says } = start('async slow')
    await says('opening')
    process.kill(client.worker.pid ?? 0, 'SIGINT')
    await client.worker.exited
    expect(said).toContain('not opened')
    expect(said.at(-1)).toBe('KeyboardInterrupt')
  })

  it('cancels what still runs before it leaves, and the host hears of the end alone', async () => {
    const { client, said, says } = start('async')
    const hangs = failure(client.call('echo', { text: 'hang' }))
    await says('hangs')
    const exits = failure(client.call('echo', { text: 'exit' }))
    expect([(await hangs).code, (await exits).code]).toEqual(['WORKER_EXITED', 'WORKER_EXITED'])
    await client.worker.exited
    expect(said).toEqual(['opened', 'hangs', 'cancelled', 'failed: SystemExit', 'closed'])
  })

  it.each(['plain', 'async'])('ends, with the traceback once, when %s cannot be entered', async form => {
    const { client, said } = start(`${form} broken`)
    const { code, message } = await failure(client.call('echo', { text: 'x' }))
    expect(code).toBe('WORKER_EXITED')
    expect(message).toMatch(/exited with code 1 [^]*lifespan_child\.py", line \d+[^]*KeyError: 'b'/)
    await client.worker.exited
    expect(said.filter(line => line.startsWith('Traceback'))).toHaveLength(1)
    expect(said.at(-1)).toBe("KeyError: 'b'")
    // Python 3.11 and later show where in the line.
    expect(said.findLast(line => line.includes('File "'))).toContain('lifespan_child.py"')
  })

  it.each(['plain', 'async'])('ends with the code that %s exits with while it is entered', async form => {
    const { client } = start(`${form} exits`)
    expect((await failure(client.call('echo', { text: 'x' }))).message).toContain('exited with code 4')
  })

  it('ends when a task fails of a group that is held open', async () => {
    const { client, said } = start('grouped')
    // Whether it is answered before the end is not said.
    await client.call('echo', { text: 'fail' }).catch(() => undefined)
    await client.worker.exited
    expect(said[0]).toBe('closed')
    expect(said.join('\n')).toMatch(/Traceback[^]*ExceptionGroup[^]*LookupError: a task of the group/)
  })

  it.each(['plain', 'async'])('leaves %s when nobody reads its output any more', async form => {
    const child = spawn(program, [path.join(folder, 'lifespan_child.py'), form], { stdio: 'pipe' })
    let said = ''
    child.stderr.on('data', data => (said += String(data)))
    const exit = once(child, 'close')
    child.stdin.write('{"jsonrpc":"2.0","id":1,"method":"echo","params":{"text":"x"}}\n')
    await once(child.stdout, 'data')
    child.stdout.destroy()
    child.stdin.write('{"jsonrpc":"2.0","id":2,"method":"echo","params":{"text":"x"}}\n')
    expect(await exit).toEqual([1, null])
    expect(said).toMatch(/closed\n$/)
  })

  it.each([
    ['handlers', 'neither', 'Child'],
    ['a coroutine', 'coroutine', 'coroutine'],
  ])('says what to write where the function returns %s', async (_, form, found) => {
    const { client, said } = start(form)
    await failure(client.call('echo', { text: 'x' }))
    await client.worker.exited
    expect(said.at(-1)).toBe(
      `TypeError: serve takes handlers, or a function that returns a context manager which yields them, not one that returns ${found}: decorate a generator with @contextmanager or @asynccontextmanager`,
    )
  })
})
