// A host in Python: how the programs that it starts live and die, and what it bears from them.
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { python } from '../support/toolchains.js'
import { failure, HostPrograms, lives, type Run } from './host-programs.js'

let programs: HostPrograms
beforeAll(() => {
  programs = new HostPrograms(
    'conversation_child.py',
    'host_life.py',
    'host_life_async.py',
    'raw_child.py',
    'host_exits.py',
  )
})
afterAll(() => programs.remove())

const start = (program: string, ...args: string[]): Run => programs.start(program, ...args)
const told = (program: string, ...args: string[]): Promise<unknown> => programs.told(program, ...args)
const toldWith = (failures: number, program: string, ...args: string[]): Promise<unknown> =>
  programs.toldWith(failures, program, ...args)

const exits = failure(-32603, /RuntimeError: the handler raised SystemExit\(3\)/)

describe.skipIf(python === undefined || process.platform !== 'linux').concurrent('a host in Python', () => {
  it('says what was looked for when a program cannot be started, and leaves nothing behind', async () => {
    const where = String.raw`cwd .*; PATH .*`
    expect(
      await told('host_life.py', 'start_errors', mkdtempSync(path.join(programs.folder, 'start-'))),
    ).toEqual([
      failure(
        'START_FAILED',
        new RegExp(
          String.raw`^Cannot start no-such-program arg: no such program \(ENOENT\): looked for no-such-program in each folder of PATH \(${where}\)$`,
        ),
      ),
      failure('START_FAILED', /: looked for \/.*\/missing \(cwd /),
      failure('START_FAILED', /the working directory \/no\/such\/folder does not exist \(ENOENT\)$/),
      failure('START_FAILED', /is a directory \(EACCES; /),
      failure('START_FAILED', /plain\.txt is not executable, .*chmod \+x makes it so/),
      failure('START_FAILED', /its first line names the interpreter \/no\/such\/interpreter, which does not/),
      [],
    ])
  })

  it('fails the calls of a program that ends with how it ended, its last words, and a hint', async () => {
    const exited =
      /exited with code 3 after [\d.]+ m?s\nlast lines of stderr:\n {2}\| no memory\nlast lines of stdout:\n {2}\| loading\nin flight: add$/
    const crashed = /was ended by SIGSEGV after [\d.]+ m?s\nhint: it crashed: .*\nin flight: add$/
    const closed =
      /it closed its stdout but is still running: .*has been running for [\d.]+ m?s\nlast lines of stdout:\n {2}\| last\n/
    expect(await told('host_life.py', 'ends_early')).toEqual(
      [exited, crashed, closed].flatMap(pattern => [
        failure('WORKER_EXITED', new RegExp(`^add was not answered: .*${pattern.source}`, 's')),
        failure('WORKER_EXITED', new RegExp(`^add was not sent: .*${pattern.source}`, 's')),
      ]),
    )
  })

  it('stops a program by the end of its input, then SIGTERM, then SIGKILL to all of its group', async () => {
    const { ends, pids } = (await told('host_life.py', 'ladder')) as { ends: unknown; pids: number[] }
    expect(ends).toEqual([
      { code: 0, signal: null },
      { code: 5, signal: null },
      { code: null, signal: 'SIGKILL' },
    ])
    expect(pids.filter(lives)).toEqual([])
  })

  it('kills what a program leaves in its group, unless it shall be kept', async () => {
    const { ended, pid, kept } = (await told('host_life.py', 'leftovers')) as Record<string, unknown>
    expect(ended).toEqual({ code: 4, signal: null })
    expect(lives(pid as number)).toBe(false)
    expect(kept).toBe(true)
  })

  it('does not wait for a process elsewhere that holds the pipes open', async () => {
    expect(await told('host_life.py', 'daemon')).toEqual([{ code: 6, signal: null }, []])
  })

  it("takes calls from many threads, and leaves no thread and no descriptor but the watchdog's", async () => {
    expect(await told('host_life.py', 'nothing_left')).toEqual([500, 3, 1007, [], 1])
  })

  it('cancels, keeps time, bears a handler that wants to exit, and reads streams', async () => {
    expect(await toldWith(2, 'host_life.py', 'calls')).toEqual([
      failure('CANCELLED', /^slow was cancelled$/),
      failure('CANCELLED', /^slow was cancelled$/),
      failure('TIMEOUT', /within its timeout of 0\.1 s; it was cancelled$/),
      failure('TIMEOUT', /no progress, item or answer for its idle_timeout of 0\.1 s/),
      failure(-32603, /RuntimeError: the handler raised SystemExit\(3\)/),
      3,
      true,
      [0, 1, 2],
      3,
    ])
  })

  it.each(['plain', 'coroutines'])(
    'lives on when %s handlers raise SystemExit: the calls fail',
    async form => {
      expect(await toldWith(4, 'host_life.py', 'exits', form)).toEqual([exits, exits, false, exits, []])
    },
  )

  it('runs coroutines that call the child from threads, and ends those that do not end', async () => {
    expect(await told('host_life.py', 'coroutines')).toEqual([8, false, []])
  })

  it.each(['host_life.py', 'host_life_async.py'])(
    'lets no timeout run out in debug mode: %s',
    async program => {
      expect(await told(program, 'debugged')).toEqual([false, false, [0, 1]])
    },
  )

  it('settles every call when it is stopped, from a handler too; a drain lets calls end first', async () => {
    expect(await told('host_life.py', 'stops')).toEqual([
      failure('STOPPED', /^nest was not answered: the client was stopped$/),
      false,
      failure('STOPPED', /^slow was not answered: the client was stopped$/),
      failure('STOPPED', /^add was not sent: the client is stopped$/),
      { code: 0, signal: null },
      [],
    ])
  })

  it('bears glued lines, late answers, long lines, unreadable ones and a flood past the window', async () => {
    const plain = ['half a line', '[]', '{"progress": 40}']
    expect(await told('host_life.py', 'hostile')).toEqual({
      told: [
        3,
        3,
        failure('STREAM_OVERFLOW', /^count ignores the stream's window: more than 100000 bytes/),
        failure('MESSAGE_TOO_LARGE', /^echo was answered, but: .*limit of 100000 bytes$/),
        3,
        failure('UNREADABLE_MESSAGE', /^counted was answered, but: .*overflows/),
        3,
      ],
      lines: [plain, plain, plain, plain].flat(),
    })
  })

  it('lets a program wait that tells more than is handled, and loses nothing', async () => {
    expect(await told('host_life.py', 'flood')).toEqual([20_000_000, true, []])
  })

  it('waits for no program that does not read or answer', async () => {
    expect(await told('host_life.py', 'deaf')).toEqual([
      failure('TIMEOUT', /^echo was not answered within its timeout/),
      true,
      failure('START_TIMEOUT', /^No answer came within the start_timeout of 0\.2 s\nsleep 600 has been/),
      [],
    ])
  })

  it('hands no pipe on to a copy of itself that is made by fork', async () => {
    expect(await told('host_life.py', 'forked')).toEqual({ code: 0, signal: null })
  })

  it('has one watchdog for all programs, which holds nothing and is replaced when it is killed', async () => {
    const run = start('host_life.py', 'watchdog')
    const { first, held, pids } = (await run.next()) as { first: number; held: string[]; pids: number[] }
    expect({ first, held }).toEqual({ first: 1, held: ['/dev/null', '/dev/null', 'pipe'] })
    expect(pids.every(lives)).toBe(true)
    run.process.stdin?.write('\n')
    await once(run.process, 'exit')
    await vi.waitFor(() => expect(pids.filter(lives)).toEqual([]), { timeout: 2000 })
  })

  const deaths = ['end', 'exit', 'exception', '_exit', 'abort', 'SIGINT', 'SIGTERM', 'SIGHUP', 'SIGKILL']
  it.each(deaths)('leaves no program behind when it ends by %s', async means => {
    const run = start('host_life.py', 'dies', means)
    const { pids } = (await run.next()) as { pids: number[] }
    expect(pids.every(lives)).toBe(true)
    run.process.stdin?.write('\n')
    if (run.process.exitCode === null) await once(run.process, 'exit')
    await vi.waitFor(() => expect(pids.filter(lives)).toEqual([]), { timeout: 2000 })
  })
})

describe.skipIf(python === undefined || process.platform !== 'linux').concurrent('a host on asyncio', () => {
  it('runs calls and handlers on its event loop, and cancels calls with their tasks', async () => {
    expect(await told('host_life_async.py', 'calls')).toEqual([
      500_500,
      6,
      1006,
      'CancelledError',
      'slow ended, cancelled true',
      'asyncio.TimeoutError',
      'slow ended, cancelled true',
      'TIMEOUT',
      'TIMEOUT',
      ['slow ended, cancelled true', 'slow ended, cancelled true'],
      'count ended, cancelled true',
      'CANCELLED',
      [250, 250, [0, 100, 200]],
      'INVALID_PARAMS',
      true,
      'STOPPED',
      [],
    ])
  })

  it.each(['plain', 'coroutines'])(
    'lives on when %s handlers raise SystemExit: the calls fail',
    async form => {
      expect(await toldWith(4, 'host_life_async.py', 'exits', form)).toEqual([exits, exits, false, exits])
    },
  )

  it('is not held up by a program that does not read', async () => {
    expect(await told('host_life_async.py', 'deaf')).toEqual([
      'TIMEOUT',
      'asyncio.TimeoutError',
      'START_FAILED',
      true,
    ])
  })

  it('leaves no program behind when it ends without a stop', async () => {
    const { pids } = (await told('host_life_async.py', 'ends')) as { pids: number[] }
    await vi.waitFor(() => expect(pids.filter(lives)).toEqual([]), { timeout: 2000 })
  })
})
