// What becomes of a handler that fails, in a child and in a host.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { discover, serializeContract } from '@simple-ipc/rpc'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { generate } from '../../src/generate/generate.js'
import { writeFiles } from '../../src/output/write-files.js'
import { contract } from '../cases/conversation.js'
import { inTests } from '../support/paths.js'
import { oldestPython, python } from '../support/toolchains.js'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'simple-ipc-'))
  writeFiles(
    path.join(folder, 'generated'),
    generate(serializeContract(contract), 'python', discover(contract)),
  )
  const programs = [
    'conversation_child.py',
    'failing.py',
    'failing_child.py',
    'failing_host.py',
    'misfit_host.py',
  ]
  for (const file of programs) cpSync(inTests('python', file), path.join(folder, file))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Said {
  answers: Answer[]
  stderr: string
  code: number | null
}
interface Answer {
  id?: number
  method?: string
  result?: unknown
  error?: { code: number; message: string; data?: unknown }
}

/** What a program says to these lines, until it ends with its input. */
async function run(
  args: readonly string[],
  lines: readonly object[] = [],
  env: NodeJS.ProcessEnv = {},
  interpreter = python,
): Promise<Said> {
  const [program = '', ...rest] = args
  const child = spawn(interpreter ?? 'python3', [path.join(folder, program), ...rest], {
    env: { ...process.env, ...env },
  })
  let [stdout, stderr] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  child.stdin.end(lines.map(line => `${JSON.stringify({ jsonrpc: '2.0', ...line })}\n`).join(''))
  const [code] = (await once(child, 'close')) as [number | null]
  const answers = stdout
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line) as Answer)
  return { answers, stderr, code }
}

const echo = (id: number, text: string): object => ({ id, method: 'echo', params: { text } })
const child = (form: string, options: object = {}): string[] => [
  'failing_child.py',
  form,
  JSON.stringify(options),
]
const count = (text: string, part: string): number => text.split(part).length - 1
/** The child's own requests have ids of their own, which may be the same. */
const errorOf = ({ answers }: Said, id: number): Answer['error'] =>
  answers.find(answer => answer.id === id && answer.method === undefined)?.error

describe.skipIf(python === undefined).concurrent('a handler in Python that fails', () => {
  const forms = ['plain', 'coroutines']
  /** What each unusual failure is called, or begins with. */
  const unusual: Record<string, string> = {
    unprintable: 'failing.UnprintableError: <exception str() failed>',
    'unprintable key': 'KeyError: <exception str() failed>',
    own: 'failing.OwnError',
    cancelled: 'asyncio.exceptions.CancelledError',
    'generator exit': 'GeneratorExit',
    interrupt: 'KeyboardInterrupt: on purpose',
    stop: 'StopIteration: 1',
    'async stop': 'StopAsyncIteration',
    broken: 'failing.BrokenError: <exception str() failed>',
    'no json': 'not JSON',
    group: 'BaseExceptionGroup: two (2 sub-exceptions)',
  }
  const names = Object.keys(unusual)
  /** The place of `key` among the ways to fail. */
  const key = names.length + 2

  it.each(forms)('is answered with what Python calls the failure; %s', async form => {
    const names = ['key', 'caused', 'silent', 'undeclared']
    const said = await run(
      child(form),
      names.map((name, id) => echo(id, name)),
    )
    expect(names.map((_, id) => errorOf(said, id))).toEqual(
      [
        "KeyError: 'b'",
        'ValueError: two\nlines',
        'failing.SilentError',
        'generated.conversation.FailDeclaredError: of another method (1001)',
      ].map(message => ({ code: -32603, message })),
    )
    expect(said.code).toBe(0)
  })

  it.each(forms)('shows people its traceback, once, with its cause; %s', async form => {
    const said = await run(child(form), [echo(1, 'caused')])
    expect(said.stderr).toMatch(
      /^simple-ipc: the handler of 'echo' failed:\nTraceback \(most recent call last\):\n {2}File ".*failing\.py", line \d+, in caused\n/,
    )
    expect(said.stderr).toMatch(/direct cause of the following exception:\n[^]*failing_child\.py/)
    expect(count(said.stderr, "KeyError: 'b'\n")).toBe(1)
    expect(said.stderr.endsWith('ValueError: two\nlines\n')).toBe(true)
  })

  it.each(forms)('shows the traceback of a stream and of a notification; %s', async form => {
    const said = await run(child(form), [
      { id: 1, method: 'count', params: { to: key } },
      { method: 'tell', params: { text: 'silent' } },
    ])
    expect(errorOf(said, 1)?.message).toBe("KeyError: 'b'")
    expect(count(said.stderr, "the handler of 'count' failed")).toBe(1)
    expect(count(said.stderr, "the handler of 'tell' failed")).toBe(1)
    expect(count(said.stderr, 'Traceback')).toBe(2)
  })

  it('says nothing of declared errors, cancelled calls and params that do not fit', async () => {
    const said = await run(
      ['conversation_child.py'],
      [
        { id: 1, method: 'fail', params: { how: 'declared' } },
        { id: 2, method: 'slow', params: { seconds: 600 } },
        { id: 3, method: 'echo', params: { text: 3 } },
        { method: '$/cancelRequest', params: { id: 2 } },
      ],
    )
    expect(said.answers.flatMap(({ error }) => error?.code ?? []).sort()).toEqual([-32602, -32800, 1001])
    expect(said.stderr).toBe('')
  })

  it('says nothing of a handler whose call to the host ends with the session', async () => {
    const said = await run(['conversation_child.py'], [{ id: 1, method: 'nest', params: { depth: 1 } }])
    expect(errorOf(said, 1)?.message).toContain('the host closed the connection')
    expect(said.stderr).toBe('')
  })

  it('names the method and what it got when a result, an item or the data of an error do not fit', async () => {
    const said = await run(child('misfits'), [
      echo(1, ''),
      { id: 2, method: 'count', params: { to: 0 } },
      { id: 3, method: 'count', params: { to: 1 } },
      { id: 4, method: 'fail', params: { how: 'declared' } },
    ])
    const answers = {
      1: ['The result does not fit the contract: result must be a string', ' must be a string'],
      2: [
        'An item of count was not sent: it does not fit the contract: item must be an object',
        ' must be an object',
      ],
      3: [
        'Progress of count was not sent: it does not fit the contract: progress must be an integer',
        ' must be an integer',
      ],
      4: ['as declared (its data must be an object)', ' must be an object'],
    }
    for (const [id, [message, issue = '']] of Object.entries(answers))
      expect(errorOf(said, Number(id))).toEqual({
        code: -32603,
        message,
        data: { issues: [{ path: '', message: issue.trim() }] },
      })
    for (const text of [
      'The result of echo does not fit the contract: result must be a string, not bytes (use .decode()) (INVALID_RESULT)\n',
      'item must be an object, not dict (use CountItem(…)) (INVALID_ITEM)\n',
      'progress must be an integer, not str (INVALID_PROGRESS)\n',
      'InvalidValueError:  must be an object, not int (use Number(…))\n',
    ])
      expect(count(said.stderr, text)).toBe(1)
  })

  it.each(['threads', 'asyncio'])('says what params are that do not fit; %s', async role => {
    const said = await run(['misfit_host.py', role])
    const params = 'params/text must be a string, not pathlib.PurePosixPath (use str(…))'
    expect(said.answers).toEqual([[`echo was not sent: ${params}`, `tell was not sent: ${params}`]])
  })

  it.each([
    ['its option', { debug: true }, {}],
    ['the environment', {}, { SIMPLE_IPC_DEBUG: '1' }],
  ])('sends its traceback to the caller in debug mode, by %s', async (_, options, env) => {
    const said = await run(child('plain', options), [echo(1, 'key')], env)
    expect(errorOf(said, 1)).toEqual({
      code: -32603,
      message: "KeyError: 'b'",
      data: { stack: expect.stringMatching(/^Traceback [^]*failing\.py[^]*KeyError: 'b'$/) as string },
    })
    expect(count(said.stderr, 'Traceback')).toBe(1)
    const not = await run(child('plain', { ...options, debug: false }), [echo(1, 'key')], env)
    expect(errorOf(not, 1)?.data).toBeUndefined()
  })

  // Python makes it a RuntimeError where it would end a generator or coroutine.
  const stops = /^RuntimeError: .*raised Stop(?:Async)?Iteration$/
  const called = (name: string): unknown =>
    name.endsWith('stop')
      ? (expect.stringMatching(new RegExp(`${stops.source}|^${unusual[name] ?? ''}$`)) as unknown)
      : unusual[name]

  it.each(forms)('is answered and shown whatever it raises; %s', async form => {
    const said = await run(child(form), [
      ...names.flatMap((name, id) => [
        echo(id, name),
        { id: id + 100, method: 'count', params: { to: id } },
        { method: 'tell', params: { text: name } },
      ]),
      { id: 999, method: 'add', params: [1, 1] },
    ])
    for (const [id, name] of names.entries())
      for (const each of [id, id + 100])
        expect([name, errorOf(said, each)]).toEqual([name, { code: -32603, message: called(name) }])
    expect(said.answers.find(({ id }) => id === 999)?.result).toBe(2)
    for (const method of ['echo', 'count', 'tell'])
      expect(count(said.stderr, `the handler of '${method}' failed:\n`)).toBe(names.length)
    expect(said.code).toBe(0)
  })

  it.each(forms)(
    'is answered with the declared error that it is a subclass or a group of; %s',
    async form => {
      const ways = [names.length, names.length + 1]
      const said = await run(
        child(form),
        ways.map(to => ({ id: to, method: 'count', params: { to } })),
      )
      for (const id of ways)
        expect(errorOf(said, id)).toEqual({ code: 1003, message: 'early', data: { value: 3 } })
      expect(said.stderr).toBe('')
    },
  )

  it.each(['threads', 'asyncio'].flatMap(role => forms.map(form => [role, form])))(
    'ends no host, whatever it raises; %s, %s',
    async (role, form) => {
      const said = await run(['failing_host.py', role, form, ...names])
      expect(said.answers[0]).toHaveLength(2 * names.length)
      for (const name of ['nest', 'numbers'])
        expect(count(said.stderr, `the handler of '${name}' failed:\n`)).toBe(names.length)
      expect(count(said.stderr, "the handler of 'log' failed:\n")).toBe(1)
      expect(said.code).toBe(0)
    },
  )

  it.each(['threads', 'asyncio'].flatMap(role => forms.map(form => [role, form])))(
    'shows people its traceback in a host as well, whose calls go on; %s, %s',
    async (role, form) => {
      const said = await run(['failing_host.py', role, form, 'key'])
      const message = expect.stringContaining("KeyError: 'b'") as string
      expect(said.answers).toEqual([[message, message]])
      for (const name of ['nest', 'numbers', 'log'])
        expect(count(said.stderr, `simple-ipc: the handler of '${name}' failed:\nTraceback`)).toBe(1)
      expect(count(said.stderr, "KeyError: 'b'\n")).toBe(3)
      expect(said.code).toBe(0)
    },
  )

  it.skipIf(oldestPython === undefined).each(['threads', 'asyncio'])(
    'shows a CancelledError that a coroutine raised itself in Python 3.10, too; %s',
    async role => {
      const inChild = await run(child('coroutines'), [echo(1, 'cancelled')], {}, oldestPython)
      expect(errorOf(inChild, 1)?.message).toBe(unusual['cancelled'])
      expect(count(inChild.stderr, "the handler of 'echo' failed:\n")).toBe(1)
      const inHost = await run(['failing_host.py', role, 'coroutines', 'cancelled'], [], {}, oldestPython)
      for (const name of ['nest', 'numbers', 'log'])
        expect(count(inHost.stderr, `the handler of '${name}' failed:\n`)).toBe(1)
    },
  )
})
