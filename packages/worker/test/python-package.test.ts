// Each sentence of the documentation of the Python package simple-ipc, as a test.
import { describe, expect, test, vi } from 'vitest'
import { Worker } from '../src/index.js'
import { fixture } from './fixture.js'
import './leaves-nothing.js'

/** The lines of a program, and its end. */
async function linesOf(command: ConstructorParameters<typeof Worker>[0]): Promise<string[]> {
  const lines: string[] = []
  await new Worker(command, line => lines.push(line)).exited
  return lines
}

describe('a simple interface to exchange data asynchronously with external programs at runtime', () => {
  test('data goes to a program while it runs, and comes back', async () => {
    const lines: string[] = []
    const worker = new Worker(fixture('answers-until-42'), line => lines.push(line))
    worker.send(1)
    worker.send(2)
    worker.send(42)
    expect(await worker.exited).toEqual({ code: 0, signal: null })
    expect(lines).toEqual(['got 1', 'got 2'])
  })
})

describe('Worker(command, callback=None, start=True, verbose=False)', () => {
  test('command: a path to an executable along with optional arguments', async () => {
    expect(await linesOf('/bin/echo one two')).toEqual(['one two'])
  })

  test('command as a list may include spaces', async () => {
    expect(await linesOf(fixture('says-arguments', 'spaced arg', ' x '))).toEqual(['"spaced arg"', '" x "'])
  })

  test('command as a string has no support for spaces: it is split at them, and quotes are data', async () => {
    const [node, program] = fixture('says-arguments')
    expect(await linesOf(`${node} ${program} a  "b c" 'd'`)).toEqual([
      '"a"',
      String.raw`"\"b"`,
      String.raw`"c\""`,
      `"'d'"`,
    ])
  })

  test('callback: optional', async () => {
    const worker = new Worker('cat')
    expect(await worker.ask('hello')).toBe('hello')
    await worker.stop()
  })

  test('callback: a function that is called after new data has been received', async () => {
    const callback = vi.fn()
    const worker = new Worker('cat', callback)
    worker.send('first')
    worker.send('second')
    await worker.stop()
    expect(callback.mock.calls).toEqual([['first'], ['second']])
  })

  test('callback: must take exactly one argument', () => {
    expect(() => new Worker('cat', ((_a: string, _b: string) => undefined) as never)).toThrow(
      new TypeError('The callback takes 2 parameters, but is called with one, the line: pass line => …'),
    )
    expect(() => new Worker('cat', 'print' as never)).toThrow(TypeError)
  })

  test('start: starts the worker automatically when created', async () => {
    const worker = new Worker('cat')
    expect(worker.running).toBe(true)
    await worker.stop()
  })

  test('start=False does not', async () => {
    const worker = new Worker('cat', { start: false })
    expect(worker.running).toBe(false)
    expect(worker.pid).toBeUndefined()
    worker.start()
    expect(worker.running).toBe(true)
    await worker.stop()
  })

  test('verbose: prints status messages', async () => {
    const said: string[] = []
    const logger = {
      info: (message: string) => said.push(message),
      error: (message: string) => said.push(message),
    }
    const worker = new Worker('cat', { verbose: logger })
    await worker.ask('hello')
    await worker.stop()
    expect(
      said.map(message => message.replace(/^\[worker \d+ cat\] /, '').replace(/\d+ ms|process \d+/g, 'N')),
    ).toEqual([
      'started cat as N',
      'sending: hello',
      'received: hello',
      'stopping',
      'cat exited with code 0 after N',
    ])
  })
})

describe('with Worker(…) as worker', () => {
  test('using stops the worker at the end of the block', async () => {
    let worker: Worker
    {
      using inside = new Worker('cat')
      worker = inside
      expect(worker.running).toBe(true)
    }
    expect(worker.running).toBe(false)
    expect(await worker.exited).toEqual({ code: 0, signal: null })
  })

  test('await using waits for the end as well', async () => {
    let pid: number | undefined
    {
      await using worker = new Worker('cat')
      pid = worker.pid
    }
    expect(() => process.kill(pid ?? 0, 0)).toThrow('ESRCH')
  })
})

describe('a worker object', () => {
  test.each([[42, '42'], [1.5, '1.5'], [true, 'true'], [null, 'null'], [undefined, 'undefined'], [12n, '12'], [[1, 2], '1,2'], [{ toString: () => 'own' }, 'own'], ['ä€😀', 'ä€😀']])(
    'all data will be converted to type str: %s', async (data, expected) => {
      await using worker = new Worker('cat')
      expect(await worker.ask(data)).toBe(expected)
    },
  ) // prettier-ignore

  test('start() starts the worker, and does nothing while it runs', async () => {
    const worker = new Worker('cat')
    const { pid } = worker
    worker.start()
    expect(worker.pid).toBe(pid)
    await worker.stop()
    worker.start()
    expect(worker.running).toBe(true)
    expect(worker.pid).not.toBe(pid)
    expect(await worker.ask('again')).toBe('again')
    await worker.stop()
  })

  test('send(data) sends the data to the external process', async () => {
    const worker = new Worker('cat', () => undefined)
    expect(worker.send('x')).toBe(true)
    await worker.stop()
    expect(worker.send('x')).toBe(false)
  })

  test('stop() terminates and clears all data', async () => {
    const worker = new Worker('cat')
    await worker.ask('hello')
    expect(worker.data).toBe('hello')
    const stopped = worker.stop()
    expect(worker.data).toBeUndefined()
    expect(worker.running).toBe(false)
    await stopped
    expect(worker.data).toBeUndefined()
    expect(worker.running).toBe(false)
  })

  test('running indicates the status of the worker, read-only', async () => {
    const worker = new Worker('true')
    expect(worker.running).toBe(true)
    expect(() => Object.assign(worker, { running: false })).toThrow(TypeError)
    await worker.exited
    expect(worker.running).toBe(false)
  })

  test('data contains the most recent value, read-only', async () => {
    const worker = new Worker(['printf', '1\n2\n3\n'])
    expect(worker.data).toBeUndefined()
    await worker.exited
    expect(worker.data).toBe('3')
    expect(() => Object.assign(worker, { data: '' })).toThrow(TypeError)
  })
})

test('trim gives what Python gives: stripped lines, no blank ones', async () => {
  const lines: string[] = []
  await new Worker(['printf', '  a \n\n \t\n b\r\n'], line => lines.push(line), { trim: true }).exited
  expect(lines).toEqual(['a', 'b'])
})

test('a program that cannot be opened is reported, and does not throw', async () => {
  const said: string[] = []
  const worker = new Worker('no-such-program', {
    verbose: { info: () => undefined, error: message => said.push(message) },
  })
  expect(worker.running).toBe(false)
  await worker.exited
  expect(said).toEqual([expect.stringContaining('Cannot start no-such-program: no such program (ENOENT)')])
})
