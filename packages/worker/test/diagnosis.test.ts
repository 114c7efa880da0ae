import { describe, expect, test } from 'vitest'
import { formatExitReport, Worker } from '../src/index.js'
import { fixture } from './fixture.js'
import './leaves-nothing.js'

function logger() {
  const said: string[] = []
  return {
    said,
    info: (message: string) => said.push(message),
    error: (message: string) => said.push(message),
  }
}

describe('verbose', () => {
  test('says on stderr what happens, so that stdout stays clean', async () => {
    const said: string[] = []
    const printed: string[] = []
    const host = new Worker(fixture('verbose-host'), line => printed.push(line), {
      stderr: line => said.push(line),
    })
    await host.exited
    expect(printed).toEqual([])
    expect(said.map(line => line.replace(/process \d+|\d+ ms/, 'N'))).toEqual([
      '[worker 1 cat] started cat as N',
      '[worker 1 cat] sending: hello',
      '[worker 1 cat] received: hello',
      '[worker 1 cat] stopping',
      '[worker 1 cat] cat exited with code 0 after N',
      '[worker 1 cat] not running: nothing sent',
    ])
  })

  test('escapes control characters of what it shows', async () => {
    const verbose = logger()
    const worker = new Worker(['printf', String.raw`\033[2J\007\r x\n`], { verbose })
    await worker.exited
    expect(verbose.said.find(message => message.includes('received'))).toMatch(
      /received: \\x1b\[2J\\x07\\x0d x$/,
    )
    for (const message of verbose.said) expect(message).not.toMatch(/[\u0000-\u001f]/) // eslint-disable-line no-control-regex
    expect(worker.data).toBe('\u001b[2J\u0007\r x')
  })

  test('says what may be the reason when nothing has arrived from a program that was sent something', async () => {
    const verbose = logger()
    await using worker = new Worker('tr a-z A-Z', { verbose })
    worker.send('hello')
    await new Promise<void>(resolve => {
      verbose.info = message => {
        if (message.includes('no output yet')) resolve()
        return verbose.said.push(message)
      }
    })
    await worker.stop()
  })

  test('tells of restarts, and of a stdin that is closed', async () => {
    const verbose = logger()
    const worker = new Worker(fixture('exits-at-once'), {
      verbose,
      restart: { max: 1, withinMs: 10_000, backoff: { initial: 1, jitter: 0 } },
    })
    await worker.exited
    expect(verbose.said.join('\n')).toMatch(/starting again in 1 ms/)
    expect(verbose.said.at(-1)).toMatch(
      /exited with code 7 after \d+ ms\. It has failed too often and is not restarted/,
    )
    const deaf = new Worker(fixture('closes-stdin'), { verbose })
    await deaf.until('closed')
    deaf.send('x')
    await deaf.drained()
    deaf.send('y')
    await deaf.stop({ input: 10 })
    expect(verbose.said.join('\n')).toMatch(/it no longer reads its stdin \(write EPIPE\)|read ECONNRESET/)
  })
})

describe('a question without a timeout', () => {
  /** What a host says on stderr that asks this program; it is told to stop when `until` was said. */
  async function asking(program: readonly string[], until?: string): Promise<string[]> {
    const said: string[] = []
    const host = new Worker(fixture('asks-host', ...program), {
      stderr: line => {
        said.push(line)
        if (until !== undefined && line.includes(until)) host.send('stop')
      },
    })
    await host.exited
    return said
  }

  test('to a program that keeps its output back is explained on stderr, once', async () => {
    const said = await asking(['tr', 'a-z', 'A-Z'], 'no output yet')
    expect(said).toEqual([expect.stringMatching(/^\[worker 1 tr\] no output yet: .* stdbuf -oL tr …$/)])
  })

  test('to a program that says on stderr what it does is not', async () => {
    const slow = 'read -r x; echo loading >&2; sleep 3; echo "$x"; cat'
    expect(await asking(['sh', '-c', slow])).toEqual(['loading'])
  })

  test('to a program that has answered before is not', async () => {
    const slow = 'read -r x; echo "$x"; read -r x; sleep 3; echo "$x"'
    expect(await asking(['sh', '-c', slow])).toEqual([])
  })
})

describe('an exit report', () => {
  test('of a program that did nothing but exit with code 0 explains quotes, and a worker says so on stderr', async () => {
    const said: string[] = []
    const host = new Worker(fixture('quotes-host'), line => said.push(line), {
      stderr: line => said.push(line),
    })
    await host.exited
    const hint = `a command given as one string is split at spaces, and quotes are left as they are; pass the list ["python3", "-c", "print(1)"]`
    expect(said).toEqual([
      `[worker 1 python3] it exited with code 0 and wrote nothing: ${hint}`,
      `hint: ${hint}`,
    ])
  })

  test.each([
    [['sh', '-c', 'no-such-command'], /a shell says 127 when a command was not found/],
    [['sh', '-c', 'kill -KILL $$'], /killed from outside: often the system ran out of memory/],
    [['sh', '-c', 'kill -SEGV $$'], /it crashed/],
    [['sh', '-c', 'kill -PIPE $$'], /it wrote to a pipe that nobody reads/],
    [
      `${process.execPath} "none.mjs" 'x y'`,
      /hint: a command given as one string is split at spaces, and quotes are left as they are; pass the list \[.*, "none\.mjs", "x y"\]/,
    ],
  ] as const)('of %j has a hint', async (command, hint) => {
    const worker = new Worker(command, { stderr: 'ignore' })
    await worker.exited
    expect(formatExitReport(worker.exitReport())).toMatch(hint)
  })

  test('of a program in quotes that cannot be started says how to write it', async () => {
    const worker = new Worker('"no such program" x')
    worker.on('error', () => undefined)
    expect((await worker.exited).error?.message).toMatch(/; pass the list \["no such program", "x"\]$/)
  })

  test('has none when the program was told to end', async () => {
    const worker = new Worker(fixture('ignores-sigterm'))
    await worker.until('ready')
    await worker.stop({ input: 0, term: 0 })
    expect(worker.exitReport().hint).toBeUndefined()
  })

  test('of a program that lives says how long, and what may be the reason of its silence', async () => {
    await using worker = new Worker(['sed', 's/a/b/'])
    worker.send('x')
    expect(worker.exitReport()).toMatchObject({
      code: null,
      signal: null,
      hint: expect.stringMatching(/sed -u/) as string,
    })
  })

  test('of a worker that was never started is empty', () => {
    expect(new Worker('cat', { start: false }).exitReport()).toEqual({
      command: ['cat'], code: null, signal: null, uptime: 0, stderr: [], lines: [],
    }) // prettier-ignore
  })
})

test('too many open files: the error says how many, and a worker starts when there is room again', async () => {
  const host = new Worker(['sh', '-c', 'ulimit -n 40; exec "$@"', 'sh', ...fixture('opens-many')])
  const [message, , after] = await host.until(/^after/)
  await host.exited
  expect(message).toMatch(
    /^START_FAILED Cannot start cat: too many open files \(EMFILE\): each running program takes three or four descriptors, and this process has \d+ open; stop workers that are done, or raise ulimit -n \(cwd .*; PATH .*\)$/,
  )
  expect(after).toMatch(/^after hello$/)
})
