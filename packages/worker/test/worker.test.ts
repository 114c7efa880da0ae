import { once } from 'node:events'
import { describe, expect, test } from 'vitest'
import {
  Worker,
  type Decoder,
  type ExitReport,
  type LineSink,
  type WorkerError,
  type WorkerOptions,
} from '../src/index.js'
import { has } from '../../../scripts/required-programs.mjs'
import { fixture } from './fixture.js'
import { eventually, marked } from './leaves-nothing.js'

const turn = () => new Promise(resolve => setImmediate(resolve))

describe('lines', () => {
  test('reach data, the callback, the event, every loop and whoever asked, in this order of sight', async () => {
    const seen: string[] = []
    const worker: Worker = new Worker('cat', line => seen.push(`callback ${line} ${worker.data ?? ''}`))
    worker.on('line', line => seen.push(`event ${line}`))
    const loops = [worker[Symbol.asyncIterator](), worker[Symbol.asyncIterator]()]
    const reply = worker.ask('a').then(line => seen.push(`asked ${line}`))
    await reply
    for (const loop of loops) expect(await loop.next()).toEqual({ value: 'a', done: false })
    expect(seen).toEqual(['callback a a', 'event a', 'asked a'])
    await worker.stop()
    for (const loop of loops) expect(await loop.next()).toEqual({ value: undefined, done: true })
  })

  test('blank ones and spaces are data', async () => {
    const lines: string[] = []
    await new Worker(['printf', ' a \n\n\t\n'], line => lines.push(line)).exited
    expect(lines).toEqual([' a ', '', '\t'])
  })

  test('a callback that throws is reported and does not stop the reading', async () => {
    const errors: WorkerError[] = []
    const lines: string[] = []
    const worker = new Worker(['printf', '1\n2\n3\n'], line => {
      lines.push(line)
      throw new Error(`on purpose ${line}`)
    })
    worker.on('error', error => errors.push(error))
    await worker.exited
    expect(lines).toEqual(['1', '2', '3'])
    expect(errors.map(error => [error.code, (error.cause as Error).message])).toEqual([
      ['CALLBACK_FAILED', 'on purpose 1'],
      ['CALLBACK_FAILED', 'on purpose 2'],
      ['CALLBACK_FAILED', 'on purpose 3'],
    ])
  })

  test('a callback whose promise rejects is reported as well, and without a listener it goes to the log', async () => {
    const said: string[] = []
    const verbose = { info: () => undefined, error: (message: string) => said.push(message) }
    await new Worker(['echo', 'x'], () => Promise.reject(new Error('on purpose')), { verbose }).exited
    expect(said).toEqual([expect.stringMatching(/The callback threw: Error: on purpose\n +at /)])
  })

  test('a listener that throws is reported, and the others go on', async () => {
    const errors: string[] = []
    const worker = new Worker(['echo', 'x'])
    for (const event of ['line', 'exit', 'close', 'stdout-end'] as const)
      worker.on(event, () => {
        throw new Error('on purpose')
      })
    worker.on('error', error => errors.push(error.message))
    expect(await worker.exited).toEqual({ code: 0, signal: null })
    expect(errors.sort()).toEqual(
      ['close', 'exit', 'line', 'stdout-end'].map(name => `A listener for '${name}' threw`),
    )
  })

  test('reach listeners that come and go, also after all were removed', async () => {
    await using worker = new Worker('cat')
    const seen: string[] = []
    const listener = (line: string) => seen.push(line)
    worker.on('line', listener)
    await worker.ask('1')
    worker.off('line', listener)
    await worker.ask('2')
    worker.removeAllListeners()
    worker.once('line', listener)
    await worker.ask('3')
    await worker.ask('4')
    expect(seen).toEqual(['1', '3'])
  })

  test('stop() inside the callback ends the worker, and data stays cleared', async () => {
    const lines: string[] = []
    const worker = new Worker(fixture('floods-stdout'), line => {
      lines.push(line)
      if (lines.length === 10) void worker.stop({ input: 0 })
    })
    await worker.exited
    expect(lines.slice(0, 10)).toEqual(Array.from({ length: 10 }, (_, index) => `line ${index}`))
    expect(worker.data).toBeUndefined()
    expect(worker.running).toBe(false)
  })
})

describe('loops', () => {
  test('see lines from their creation, and end when the program does', async () => {
    const worker = new Worker('cat')
    await worker.ask('before')
    const loop = worker[Symbol.asyncIterator]()
    worker.send('after')
    worker.send('more')
    void worker.stop()
    const lines: string[] = []
    for await (const line of loop) lines.push(line)
    expect(lines).toEqual(['after', 'more'])
  })

  test('that are left cost nothing any more', async () => {
    await using worker = new Worker(fixture('floods-stdout'), { stop: { input: 0 } })
    for await (const line of worker) if (line === 'line 5') break
    let count = 0
    worker.on('line', () => count++)
    await eventually(
      () => count > 100_000,
      () => `${count} lines`,
    )
  })

  test('over a worker that has ended are empty, over one that is not started yet wait', async () => {
    const ended = new Worker('true')
    await ended.exited
    for await (const line of ended) expect.unreachable(line)
    const later = new Worker(['echo', 'x'], { start: false })
    const loop = later[Symbol.asyncIterator]()
    later.start()
    expect(await loop.next()).toEqual({ value: 'x', done: false })
    expect(await loop.next()).toEqual({ value: undefined, done: true })
  })

  test('that ask inside themselves do not wait for ever, although what waits is more than a loop may have', async () => {
    await using worker = new Worker(['sh', '-c', 'seq 1 400000; cat'])
    let count = 0
    for await (const line of worker) {
      count++
      if (line === '1') expect((await worker.until('400000')).at(-1)).toBe('399999')
      if (line === '400000') break
    }
    expect(count).toBe(400_000)
  })

  test('several pulls at once are served in order', async () => {
    await using worker = new Worker('cat')
    const loop = worker[Symbol.asyncIterator]()
    const pulls = [loop.next(), loop.next(), loop.next()]
    for (const line of ['a', 'b', 'c']) worker.send(line)
    expect((await Promise.all(pulls)).map(result => result.value)).toEqual(['a', 'b', 'c'])
  })
})

describe('a pipe that is full in both directions', () => {
  test('does not deadlock with a callback', async () => {
    let bytes = 0
    const worker = new Worker('cat', line => (bytes += line.length))
    const line = 'x'.repeat(999)
    for (let count = 0; count < 50_000; count++) {
      worker.send(line)
      if (worker.bufferedAmount > 4_000_000) await worker.drained()
    }
    await worker.stop({ input: 20_000 })
    expect(bytes).toBe(50_000 * 999)
  })

  test('does not deadlock with a loop that sends and waits for the pipe', async () => {
    await using worker = new Worker('cat')
    const line = 'x'.repeat(99_999)
    worker.send(line)
    let count = 0
    for await (const received of worker) {
      if (received === line) count++
      if (count === 300) break
      if (count > 60) continue
      for (let copies = 0; copies < 5; copies++) worker.send(line)
      await worker.drained()
    }
    expect(count).toBe(300)
  })
})

describe('start and stop', () => {
  test('start() while stopping starts again afterwards', async () => {
    const worker = new Worker('cat')
    const { pid } = worker
    const stopped = worker.stop()
    worker.start()
    expect(worker.running).toBe(false)
    await stopped
    expect(worker.running).toBe(true)
    expect(worker.pid).not.toBe(pid)
    expect(await worker.ask('again')).toBe('again')
    await worker.stop()
  })

  test('start() and stop() while stopping leave it stopped', async () => {
    const worker = new Worker('cat')
    const first = worker.stop()
    worker.start()
    const second = worker.stop()
    expect(await Promise.all([first, second])).toEqual([
      { code: 0, signal: null },
      { code: 0, signal: null },
    ])
    await turn()
    expect(worker.pid).toBeUndefined()
    expect(await worker.exited).toEqual({ code: 0, signal: null })
  })

  test('a second stop() with a shorter grace hurries', async () => {
    const worker = new Worker(fixture('ignores-sigterm'))
    await worker.until('ready')
    const slow = worker.stop({ input: 60_000 })
    expect(await worker.stop({ input: 0, term: 0 })).toEqual({ code: null, signal: 'SIGKILL' })
    expect(await slow).toEqual({ code: null, signal: 'SIGKILL' })
  })

  test('stop() of a worker that never ran, or has ended, tells what is known', async () => {
    expect(await new Worker('cat', { start: false }).stop()).toEqual({ code: null, signal: null })
    const ended = new Worker(fixture('exits-at-once'))
    await ended.exited
    expect(await ended.stop()).toEqual({ code: 7, signal: null })
  })

  test('a program that is suspended is ended as well', async () => {
    const worker = new Worker('cat')
    process.kill(worker.pid ?? 0, 'SIGSTOP')
    expect(await worker.stop({ input: 50, term: 50 })).toEqual({ code: null, signal: 'SIGKILL' })
  })

  test('stop() directly after the start', async () => {
    for (let count = 0; count < 20; count++) {
      const worker = new Worker('cat')
      const { code, signal } = await worker.stop()
      expect([code, signal]).toEqual([0, null])
    }
  })

  test('what was sent before stop() arrives', async () => {
    const lines: string[] = []
    const worker = new Worker('cat', line => lines.push(line))
    worker.send('x')
    await worker.stop()
    expect(lines).toEqual(['x'])
  })

  test('an end between exit and close is the end of one run: each event comes once', async () => {
    const events: string[] = []
    const worker = new Worker(['sh', '-c', 'echo x; exit 3'])
    for (const event of ['start', 'line', 'stdout-end', 'exit', 'close'] as const)
      worker.on(event, () => events.push(event))
    worker.once('exit', () => void worker.stop())
    await worker.exited
    await worker.stop()
    expect(events.sort()).toEqual(['close', 'exit', 'line', 'stdout-end'])
  })

  test('the signal stops the worker, and leaves no listener', async () => {
    const abort = new AbortController()
    const worker = new Worker('cat', { signal: abort.signal })
    await worker.ask('x')
    abort.abort()
    expect(worker.running).toBe(false)
    expect(await worker.exited).toEqual({ code: 0, signal: null })
    worker.start()
    expect(worker.running).toBe(false)
    expect((await worker.exited).error).toMatchObject({ code: 'ABORTED' })
    expect(worker.listenerCount('error')).toBe(0)
  })

  test('a signal that is already aborted starts nothing', async () => {
    const worker = new Worker('cat', { signal: AbortSignal.abort() })
    expect(worker.pid).toBeUndefined()
    expect((await worker.exited).error).toMatchObject({ code: 'ABORTED' })
  })
})

describe('what a program leaves behind', () => {
  const leaver = (tail: string) => ['bash', '-c', `sleep 600 & echo $!; ${tail}`]

  test('is killed in the turn of its exit', async () => {
    const worker = new Worker(leaver('exit 0'), () => undefined)
    await once(worker, 'exit')
    // Killed already; its place in the table may take a moment.
    await eventually(
      () => !isAlive(Number(worker.data)),
      () => 'alive',
      500,
    )
    await worker.exited
  })

  test("stays with leftovers: 'keep': exit and close come, although it holds stdout open", async () => {
    const worker = new Worker(leaver('exit 0'), () => undefined, { leftovers: 'keep' })
    const closed = once(worker, 'close')
    await once(worker, 'exit')
    expect((await closed)[0]).toMatchObject({ code: 0, lines: [worker.data] })
    const pid = Number(worker.data)
    expect(isAlive(pid)).toBe(true)
    process.kill(pid)
    await eventually(
      () => !isAlive(pid),
      () => 'alive',
    )
  })

  test.skipIf(!has('setsid'))(
    'is out of reach in a session of its own, and holds nothing up although it holds stdout open',
    async () => {
      const worker = new Worker(['bash', '-c', 'setsid sleep 600 & sleep 0.1; echo $!'], () => undefined)
      expect(await worker.exited).toEqual({ code: 0, signal: null })
      const daemon = marked()
      expect(daemon.length).toBe(1)
      for (const pid of daemon) process.kill(pid, 'SIGKILL')
    },
  )

  test("may write on and on with leftovers: 'keep': only what can have been in the pipe is taken", async () => {
    let bytes = 0
    const worker = new Worker(
      ['bash', '-c', 'yes & echo $!; sleep 0.1'],
      line => (bytes += line.length + 1),
      { leftovers: 'keep' },
    )
    let atExit = 0
    worker.on('exit', () => (atExit = bytes))
    await worker.exited
    // A pipe whose buffers the system's owner has raised may hold tens of megabytes.
    expect(bytes - atExit).toBeLessThan(66 * 1024 * 1024)
    // yes ends by itself: nobody reads its pipe any more.
    await eventually(
      () => marked().length === 0,
      () => 'alive',
    )
  })

  test('is killed by stop() with the program', async () => {
    const worker = new Worker(leaver('wait'))
    const pid = Number((await worker.until(/\d/))[0])
    expect(isAlive(pid)).toBe(true)
    await worker.stop({ input: 0, term: 0 })
    expect(isAlive(pid)).toBe(false)
  })

  function isAlive(pid: number): boolean {
    return marked().includes(pid)
  }
})

describe('restart', () => {
  const quick = { max: 3, withinMs: 60_000, backoff: { initial: 1, factor: 1, jitter: 0 } }

  test('starts a failed program again, tells each time, and gives up after too many', async () => {
    const events: string[] = []
    const worker = new Worker(fixture('exits-at-once'), { restart: quick })
    worker.on('restart', ({ attempt, delay, report }) =>
      events.push(`restart ${attempt} ${delay} ${report.code ?? ''}`),
    )
    worker.on('start', () => events.push('start'))
    worker.on('give-up', report => events.push(`give up ${report.code ?? ''}`))
    worker.on('error', error => events.push(error.code))
    worker.on('end', exit => events.push(`end ${exit.code ?? ''}`))
    expect(await worker.exited).toEqual({ code: 7, signal: null })
    expect(events).toEqual([
      ...['restart 1 1 7', 'start', 'restart 2 1 7', 'start', 'restart 3 1 7', 'start'],
      ...['give up 7', 'RESTARTED_TOO_OFTEN', 'end 7'],
    ])
  })

  test('not after code 0, unless told', async () => {
    const worker = new Worker('true', { restart: quick })
    worker.on('restart', () => expect.unreachable())
    await worker.exited
    let restarts = 0
    const always = new Worker('true', { restart: { ...quick, when: 'always' } })
    always.on('error', () => undefined)
    always.on('restart', () => restarts++)
    await always.exited
    expect(restarts).toBe(3)
  })

  test('not of a program that cannot be started', async () => {
    const worker = new Worker('no-such-program', { restart: quick })
    worker.on('error', () => undefined)
    worker.on('restart', () => expect.unreachable())
    expect((await worker.exited).error?.code).toBe('START_FAILED')
  })

  test('never while stopping, nor after', async () => {
    const worker = new Worker(fixture('ignores-sigterm'), { restart: quick })
    worker.on('restart', () => expect.unreachable())
    await worker.until('ready')
    await worker.stop({ input: 0, term: 0 })
    await turn()
    expect(worker.pid).toBeUndefined()
  })

  test('stop() during the pause cancels it', async () => {
    const worker = new Worker(fixture('exits-at-once'), {
      restart: { ...quick, backoff: { initial: 60_000 } },
    })
    await once(worker, 'restart')
    const loop = worker[Symbol.asyncIterator]()
    expect(await worker.stop()).toEqual({ code: 7, signal: null })
    expect(await worker.exited).toEqual({ code: 7, signal: null })
    expect((await loop.next()).done).toBe(true)
  })

  test('close says which run follows: a restart, one that start() asked for, or none', async () => {
    const next: string[] = []
    const said = (worker: Worker) => worker.on('close', (_, run) => next.push(run))
    const restarted = new Worker(fixture('exits-at-once'), { restart: { ...quick, max: 2 } })
    said(restarted).on('error', () => undefined)
    await restarted.exited
    expect(next.splice(0)).toEqual(['restart', 'restart', 'none'])

    const replaced = said(new Worker('cat'))
    const stopped = replaced.stop()
    replaced.start()
    await stopped
    await replaced.stop()
    expect(next.splice(0)).toEqual(['start', 'none'])

    const again = new Worker('true', { start: false })
    again.once('exit', () => again.start())
    said(again).start()
    await again.exited
    expect(next.splice(0)).toEqual(['start', 'none'])

    const absent = said(new Worker('no-such-program', { start: false, restart: quick }))
    absent.on('error', () => undefined).start()
    await absent.exited
    expect(next).toEqual(['none'])
  })

  test('a listener of close that calls start() in place of a restart begins a run at once', async () => {
    const events: string[] = []
    const worker = new Worker(fixture('exits-at-once'), {
      restart: { ...quick, backoff: { initial: 60_000 } },
    })
    worker.on('restart', () => events.push('restart'))
    worker.once('close', (_, next) => {
      events.push(`close ${next}`)
      worker.start()
      expect(worker.pid).toBeDefined()
    })
    await once(worker, 'restart')
    expect(events).toEqual(['close restart', 'restart'])
    await worker.stop()
  })

  test('stop() in the listener of close, exit or restart prevents it', async () => {
    for (const event of ['close', 'exit', 'restart'] as const) {
      const worker = new Worker(fixture('exits-at-once'), { restart: quick })
      let starts = 0
      worker.on('start', () => starts++)
      worker.on(event, () => void worker.stop())
      await worker.exited
      await turn()
      expect(starts).toBe(0)
    }
  })

  test('loops and exited go on over restarts; questions do not', async () => {
    const worker = new Worker(['sh', '-c', 'echo up; read line; echo "$line"; exit 1'], {
      restart: { ...quick, max: 1 },
    })
    worker.on('error', () => undefined)
    const lines: string[] = []
    const reading = (async () => {
      for await (const line of worker) lines.push(line)
    })()
    await worker.until('up')
    const unanswered = worker.ask('a', { until: 'never' })
    await expect(unanswered).rejects.toMatchObject({ code: 'WORKER_EXITED', report: { code: 1 } })
    await once(worker, 'start')
    worker.send('b')
    await reading
    expect(lines).toEqual(['up', 'a', 'up', 'b'])
    expect(await worker.exited).toEqual({ code: 1, signal: null })
  })
})

describe('stderr', () => {
  const speaks = ['sh', '-c', 'echo one >&2; printf two >&2']

  test('a function gets each line, and the end is kept', async () => {
    const lines: string[] = []
    const worker = new Worker(speaks, { stderr: line => lines.push(line) })
    await worker.exited
    expect(lines).toEqual(['one', 'two'])
    expect(worker.exitReport().stderr).toEqual(['one', 'two'])
  })

  test.each([
    ['tee', 'one\ntwo', ['one', 'two']],
    ['inherit', 'one\ntwo', []],
    ['ignore', '', []],
  ])('%s', async (mode, passed, kept) => {
    // In a host of its own, whose stderr is read.
    const said: string[] = []
    const host = new Worker(fixture('stderr-host', mode), { stderr: line => said.push(line) })
    const report = JSON.parse((await host.until(/stderr/)).join('')) as ExitReport
    await host.exited
    expect(said.join('\n')).toBe(passed)
    expect(report.stderr).toEqual(kept)
  })

  test('tee survives that nobody reads the stderr of the host', async () => {
    const host = new Worker(['bash', '-c', '"$@" 2> >(exit 0)', 'bash', ...fixture('tees-much')])
    expect(await host.until('done')).toEqual([])
    expect(await host.exited).toEqual({ code: 0, signal: null })
  })

  test('a function that throws is reported', async () => {
    const errors: string[] = []
    const worker = new Worker(speaks, {
      stderr: () => {
        throw new Error('on purpose')
      },
    })
    worker.on('error', error => errors.push(error.message))
    await worker.exited
    expect(errors).toEqual(['The callback for stderr threw', 'The callback for stderr threw'])
  })

  test('what is said last is in the report, also when it is the reason of the end', async () => {
    const worker = new Worker(fixture('fails-and-says-why'), { stderr: () => undefined })
    const report = await new Promise<ExitReport>(resolve => worker.once('close', resolve))
    expect(report).toMatchObject({
      code: 1,
      signal: null,
      stderr: ['Traceback: no such file: model.bin'],
      lines: ['loading the model'],
    })
    expect(report.uptime).toBeGreaterThan(0)
    expect(worker.exitReport()).toEqual(report)
  })
})

describe('the environment', () => {
  const variables = async (env: WorkerOptions['env']) => {
    const lines: string[] = []
    await new Worker('/usr/bin/env', line => lines.push(line), { env }).exited
    return lines
  }

  test('is the host’s, a minimal one, or exactly what is given', async () => {
    process.env['SECRET_OF_TEST'] = 'x'
    expect(await variables(undefined)).toContain('SECRET_OF_TEST=x')
    const minimal = await variables('minimal')
    expect(minimal.some(line => line.startsWith('PATH='))).toBe(true)
    expect(minimal).not.toContain('SECRET_OF_TEST=x')
    expect(await variables({ A: '1', B: undefined })).toEqual(['A=1'])
    delete process.env['SECRET_OF_TEST']
  })

  test('cwd is the folder in which the program runs', async () => {
    await using worker = new Worker(['sh', '-c', 'pwd; cat'], { cwd: '/' })
    expect(await worker.until('/')).toEqual([])
  })
})

describe('the seam for protocols', () => {
  /** Takes what begins with #, and hands the rest on as plain. */
  function decoder(taken: string[], log: string[]) {
    return (plain: LineSink): Decoder => {
      log.push('made')
      let text = ''
      return {
        push(chunk) {
          text += Buffer.from(chunk).toString()
          for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n')) {
            const line = text.slice(0, end)
            text = text.slice(end + 1)
            if (line.startsWith('#')) taken.push(line)
            else plain.line(line)
          }
        },
        end: () => void log.push('end'),
      }
    }
  }

  test('a decoder takes the place of the splitter, in order with plain lines, anew for each run', async () => {
    const taken: string[] = []
    const log: string[] = []
    const lines: string[] = []
    const worker = new Worker(['printf', 'a\n#b\nc\n'], line => lines.push(`${line} after ${taken.length}`), {
      decoder: decoder(taken, log),
    })
    await worker.exited
    worker.start()
    await worker.exited
    expect(taken).toEqual(['#b', '#b'])
    expect(lines).toEqual(['a after 0', 'c after 1', 'a after 1', 'c after 2'])
    expect(log).toEqual(['made', 'end', 'made', 'end'])
    expect(worker.partial).toBe('')
  })

  test('end() comes before close, also when something holds stdout open', async () => {
    const log: string[] = []
    const worker = new Worker(['bash', '-c', 'sleep 3 & exit 0'], {
      decoder: decoder([], log),
      leftovers: 'keep',
    })
    worker.on('exit', () => log.push('exit'))
    worker.on('close', () => log.push('close'))
    await worker.exited
    expect(log).toEqual(['made', 'exit', 'end', 'close'])
    await eventually(
      () => marked().length === 0,
      () => 'alive',
    )
  })

  test('a slow loop never pauses the pipe: it loses its oldest lines, which are counted and reported', async () => {
    const errors: WorkerError[] = []
    let count = 0
    const worker = new Worker(['seq', '1', '200000'], () => count++, {
      decoder: plain =>
        new (class {
          // prettier-ignore
          #rest = ''
          push(chunk: Uint8Array) {
            const lines = (this.#rest + Buffer.from(chunk).toString()).split('\n')
            this.#rest = lines.pop() ?? ''
            for (const line of lines) plain.line(line)
          }
          end() {
            return undefined
          }
        })(),
    })
    worker.on('error', error => errors.push(error))
    const loop = worker[Symbol.asyncIterator]()
    await once(worker, 'close')
    expect(count).toBe(200_000)
    const lines: string[] = []
    for await (const line of loop) lines.push(line)
    expect(lines.at(-1)).toBe('200000')
    expect(lines.length).toBeLessThan(60_000)
    expect(errors.map(error => error.code)).toEqual(['LINES_LOST'])
    expect(errors[0]?.message).toContain(`lost ${200_000 - lines.length} lines`)
  })

  test('a decoder that throws is reported and does not stop the reading', async () => {
    const errors: WorkerError[] = []
    const worker = new Worker('true', {
      decoder: () => ({
        push: () => undefined,
        end: () => {
          throw new Error('on purpose')
        },
      }),
    })
    worker.on('error', error => errors.push(error))
    await worker.exited
    expect(errors).toMatchObject([{ code: 'CALLBACK_FAILED', message: 'The decoder threw' }])
  })

  test('a decoder that cannot be made is a program that cannot be started', async () => {
    const worker = new Worker('cat', {
      start: false,
      decoder: () => {
        throw new Error('on purpose')
      },
    })
    const errors: WorkerError[] = []
    worker.on('error', error => errors.push(error))
    worker.start()
    expect(worker.running).toBe(false)
    expect((await worker.exited).error).toBe(errors[0])
    expect(errors).toMatchObject([
      { code: 'START_FAILED', message: 'Not started: the decoder could not be created' },
    ])
  })

  test('write() sends bytes and text as they are', async () => {
    const worker = new Worker('cat')
    const line = worker.until(/./)
    expect(worker.write('a')).toBe(true)
    expect(worker.write(Buffer.from('b\n'))).toBe(true)
    expect(await line).toEqual(['ab'])
    expect(() => worker.write(5 as never)).toThrow(
      'write() takes a string or a Uint8Array, not 5; send() takes anything',
    )
    await worker.stop()
  })
})

describe('the event loop', () => {
  test.each([
    ['nothing', false],
    ['callback', true],
    ['line-listener', true],
    ['loop', true],
    ['ask', true],
    ['exited', true],
    ['ref', true],
    ['callback-unref', false],
    ['left-loop', false],
    ['restart-pause', false],
  ])('%s keeps it alive: %s', async (what, alive) => {
    const host = new Worker(fixture('keeps-alive', what), { stderr: 'ignore' })
    const lines: string[] = []
    host.on('line', line => lines.push(line))
    const ended = await Promise.race([
      host.exited.then(() => true),
      host.until('still alive').then(() => false),
    ])
    expect(!ended).toBe(alive)
    await host.stop({ input: 0, term: 0 })
  })
})
