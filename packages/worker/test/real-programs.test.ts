// Programs that nobody here wrote, each with the tool that fits it.
import { describe, expect, test } from 'vitest'
import { has } from '../../../scripts/required-programs.mjs'
import { Worker } from '../src/index.js'
import { eventually, marked } from './leaves-nothing.js'

const patience = { timeout: 20_000 }

test('cat echoes each line', async () => {
  await using worker = new Worker('cat')
  for (const line of ['a', '', ' ', 'äöü']) expect(await worker.ask(line, patience)).toBe(line)
})

describe.skipIf(!has('bc'))('bc', () => {
  test('answers an expression with a line', async () => {
    await using worker = new Worker(['bc', '-q'])
    expect(await worker.ask('2+3', patience)).toBe('5')
    expect(await Promise.all(['2^10', '7/2', '1+1'].map(sum => worker.ask(sum, patience)))).toEqual([
      '1024',
      '3',
      '2',
    ])
  })

  test('answers nothing to an assignment: send it, and ask for what answers', async () => {
    await using worker = new Worker(['bc', '-q'])
    worker.send('a=5')
    expect(await worker.ask('a*2', patience)).toBe('10')
  })

  test('answers nothing on stdout to an error: ask for a marker as well, and listen to stderr', async () => {
    const said: string[] = []
    await using worker = new Worker(['bc', '-q'], { stderr: line => said.push(line) })
    const calculate = (sum: string) => worker.ask(`${sum}\n"end\n"`, { until: 'end', ...patience })
    expect(await calculate('1/0')).toEqual([])
    expect(await calculate('6*7')).toEqual(['42'])
    await eventually(
      () => said.length > 0,
      () => 'bc said nothing',
    )
    expect(said.join('\n')).toMatch(/divide by zero/i)
  })

  test('an ask that gets no answer keeps its place until resync()', async () => {
    await using worker = new Worker(['bc', '-q'])
    expect(await worker.ask('1', patience)).toBe('1')
    await expect(worker.ask('a=5', { timeout: 50 })).rejects.toMatchObject({ code: 'TIMEOUT' })
    worker.resync()
    expect(await worker.ask('a', patience)).toBe('5')
  })

  test('cuts long results over several lines with a backslash', async () => {
    await using worker = new Worker(['bc', '-q'])
    const lines = await worker.ask('2^300', { until: line => !line.endsWith('\\'), ...patience })
    expect(BigInt(lines.map(line => line.replace(/\\$/, '')).join(''))).toBe(2n ** 300n)
  })
})

test.skipIf(!has('sed'))('sed -u answers each line at once', async () => {
  await using worker = new Worker(['sed', '-u', 's/a/b/g'])
  expect(await worker.ask('banana', patience)).toBe('bbnbnb')
})

test.skipIf(!has('jq'))('jq --unbuffered answers each value at once', async () => {
  await using worker = new Worker(['jq', '--unbuffered', '-c', '.a + 1'])
  expect(await worker.ask('{"a": 1}', patience)).toBe('2')
  expect(await worker.ask({ toString: () => JSON.stringify({ a: 41 }) }, patience)).toBe('42')
})

describe.skipIf(!has('python3'))('python3', () => {
  test('-i has its prompts on stderr, and answers on stdout', async () => {
    const said: string[] = []
    await using worker = new Worker(['python3', '-i', '-q', '-u'], { stderr: line => said.push(line) })
    expect(await worker.ask('1+1', patience)).toBe('2')
    worker.send('x = 20')
    expect(await worker.ask('x * 2 + 2', patience)).toBe('42')
    worker.send('1/0')
    expect(await worker.ask('"still here"', patience)).toBe("'still here'")
    await worker.stop()
    expect(said.join('\n')).toContain('>>> ')
    expect(said.join('\n')).toContain('ZeroDivisionError')
  })

  test('keeps its output back, and the error of a timeout says what to do', async () => {
    const program = 'import sys\nfor line in sys.stdin: print(line.strip())'
    await using worker = new Worker(['python3', '-c', program])
    const error = await worker.ask('x', { timeout: 1000 }).catch((reason: unknown) => reason as Error)
    expect((error as Error).message).toMatch(/block-buffered.*python3 -u, or set PYTHONUNBUFFERED=1/)
    await using unbuffered = new Worker(['python3', '-u', '-c', program])
    expect(await unbuffered.ask('x', patience)).toBe('x')
    await using variable = new Worker(['python3', '-c', program], {
      env: { ...process.env, PYTHONUNBUFFERED: '1' },
    })
    expect(await variable.ask('x', patience)).toBe('x')
  })
})

test.skipIf(!has('sqlite3'))('sqlite3 -interactive has prompts without a line end, and an echo', async () => {
  await using worker = new Worker(['sqlite3', '-interactive', '-cmd', '.headers off'])
  const query = (sql: string) => worker.ask(sql, { until: 'sqlite> ', ...patience })
  const banner = await worker.until('sqlite> ', patience)
  expect(banner[0]).toMatch(/^SQLite version/)
  expect(worker.partial).toBe('sqlite> ')
  expect(await query('create table t(a);')).toEqual(['create table t(a);'])
  await query('insert into t values (1), (2);')
  // The echo of what was typed is the first line.
  expect(await query('select a from t;')).toEqual(['select a from t;', '1', '2'])
  expect(await query('.quit').catch((error: unknown) => (error as { code: string }).code)).toBe(
    'WORKER_EXITED',
  )
})

test.skipIf(!has('hunspell'))(
  'hunspell -a has a banner first, and a blank line after each reply',
  async () => {
    await using worker = new Worker(['hunspell', '-a', '-d', 'en_US'], {
      env: { ...process.env, LANG: 'C.UTF-8' },
    })
    expect((await worker.until(/Ispell/i, patience)).at(-1)).toMatch(/hunspell/i)
    expect(await worker.ask('hello', { until: '', ...patience })).toEqual(['*'])
    const [first, second] = await worker.ask('helo wrld', { until: '', ...patience })
    expect(first).toMatch(/^& helo \d+ 0: .*\bhello\b/)
    expect(second).toMatch(/^& wrld /)
  },
)

describe('bash', () => {
  test('with a background job: exit fires, and nothing of it is left', async () => {
    const worker = new Worker(['bash', '-c', 'sleep 600 & echo started; exit 4'], () => undefined)
    expect(await worker.exited).toEqual({ code: 4, signal: null })
    expect(worker.data).toBe('started')
    await eventually(
      () => marked().length === 0,
      () => 'the job is alive',
    )
  })

  test('as a shell answers commands: a marker tells the end of each', async () => {
    await using worker = new Worker(['bash', '--norc'])
    const run = async (command: string) =>
      worker.ask(`${command}; echo "end $?"`, { until: /^end \d+$/, ...patience })
    expect(await run('printf "a\\nb\\n"')).toEqual(['a', 'b', 'end 0'])
    expect(await run('false')).toEqual(['end 1'])
  })
})

describe.skipIf(!has('tr'))('tr', () => {
  test('keeps its output back until its input ends, and says nothing before', async () => {
    const lines: string[] = []
    const worker = new Worker('tr a-z A-Z', line => lines.push(line))
    await expect(worker.ask('hello', { timeout: 300 })).rejects.toThrow(
      /block-buffered: .* start it as stdbuf -oL tr/,
    )
    expect(lines).toEqual([])
    await worker.stop()
    expect(lines).toEqual(['HELLO'])
  })

  test.skipIf(!has('stdbuf'))('under stdbuf -oL answers at once', async () => {
    await using worker = new Worker('stdbuf -oL tr a-z A-Z')
    expect(await worker.ask('hello', patience)).toBe('HELLO')
  })
})

test('stdio pipes are sockets: a program that opens /dev/stdout fails, and its stderr says so', async () => {
  const worker = new Worker(['sh', '-c', 'echo x > /dev/stdout'], { stderr: () => undefined })
  const { code } = await worker.exited
  if (process.platform !== 'linux') return
  expect(code).not.toBe(0)
  expect(worker.exitReport().stderr.join('')).toMatch(/No such device or address/)
})
