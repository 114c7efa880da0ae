// What becomes of a handler that fails, in a child and in a host.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { discover, serializeContract } from '@simple-ipc/rpc'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { generate } from '../../src/generate/generate.js'
import { writeFiles } from '../../src/output/write-files.js'
import { contract } from '../cases/conversation.js'
import { inTests } from '../support/paths.js'
import { complaints, go, goEnvironment } from '../support/toolchains.js'

let folder = ''
const program = (name: string): string =>
  path.join(folder, 'bin', process.platform === 'win32' ? `${name}.exe` : name)

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'simple-ipc-'))
  if (go === undefined) return
  const files = generate(serializeContract(contract), 'go', discover(contract), { importPath: 'generated' })
  writeFiles(folder, files)
  writeFileSync(path.join(folder, 'go.mod'), 'module generated\n\ngo 1.22\n')
  cpSync(inTests('go', 'failing'), folder, { recursive: true })
  cpSync(inTests('go', 'conversation_child'), path.join(folder, 'conversation_child'), { recursive: true })
  const args = ['build', '-o', `bin${path.sep}`, './child', './host', './conversation_child']
  expect(complaints(go, args, folder, goEnvironment)).toBe('')
}, 300_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Said {
  lines: string[]
  stderr: string
  code: number | null
}

/** What a program says to these messages, until it ends with its input. */
async function run(
  args: readonly string[],
  messages: readonly object[] = [],
  env: NodeJS.ProcessEnv = {},
): Promise<Said> {
  const [file = '', ...rest] = args.map(program)
  const child = spawn(file, rest, { env: { ...process.env, ...env } })
  let [stdout, stderr] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  child.stdin.end(messages.map(message => `${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`).join(''))
  const [code] = (await once(child, 'close')) as [number | null]
  return { lines: stdout.split('\n').filter(line => line !== ''), stderr, code }
}

const echo = (id: number, text: unknown): object => ({ id, method: 'echo', params: { text } })
const errorOf = ({ lines }: Said, id: number): unknown =>
  lines.map(line => JSON.parse(line) as { id?: number; error?: unknown }).find(answer => answer.id === id)
    ?.error
const count = (text: string, part: string): number => text.split(part).length - 1

describe.skipIf(go === undefined).concurrent('a handler in Go that fails', () => {
  it('is answered with what Go prints, and the stack is on stderr, once, from the handler on', async () => {
    const said = await run(['child'], [echo(1, 'map'), echo(2, 'fine')])
    expect(errorOf(said, 1)).toEqual({ code: -32603, message: 'panic: assignment to entry in nil map' })
    expect(errorOf(said, 2)).toBeUndefined()
    expect(said.stderr).toMatch(
      /^simple-ipc: the handler of 'echo' failed:\npanic: assignment to entry in nil map\n\ngoroutine \d+ \[running\]:\nmain\.child\.Echo\(.*\n\t.*child\/main\.go:\d+ /,
    )
    expect(count(said.stderr, 'assignment to entry')).toBe(1)
    expect(said.stderr).not.toContain('internal/ipc/peer.')
    expect(said.stderr.endsWith('deferred\n')).toBe(true)
    expect(said.code).toBe(0)
  })

  it('is answered with the text of the error that it returns, which one line on stderr has', async () => {
    const said = await run(['child'], [echo(1, 'error')])
    const message = 'reading: open /no/such/file: no such file or directory'
    expect(errorOf(said, 1)).toEqual({ code: -32603, message })
    expect(said.stderr).toBe(`simple-ipc: the handler of 'echo' failed: ${message}\ndeferred\n`)
  })

  it('is answered with the declared error that a joined one holds, and nothing is on stderr', async () => {
    const said = await run(['child'], [{ id: 1, method: 'fail', params: { how: 'declared' } }])
    expect(errorOf(said, 1)).toEqual({ code: 1001, message: 'joined', data: { value: 1 } })
    expect(said.stderr).toBe('deferred\n')
  })

  it('is reported if it is a notification, and params that do not fit are, with the value', async () => {
    const said = await run(
      ['child'],
      [
        { method: 'tell', params: { text: 'a' } },
        { method: 'tell', params: { text: [] } },
        echo(1, 3),
        echo(2, 'fine'),
      ],
    )
    expect(said.stderr).toContain("simple-ipc: the handler of 'tell' failed:\npanic: told\n")
    expect(said.stderr).toContain(
      'simple-ipc: the notification tell was dropped, its params do not fit the contract: params/text must be a string, not an array\n',
    )
    expect(said.stderr).toContain(
      'simple-ipc: echo was called with params that do not fit the contract: params/text must be a string, not 3\n',
    )
    expect(errorOf(said, 1)).toEqual({
      code: -32602,
      message: 'The params do not fit the contract: params/text must be a string',
      data: { issues: [{ path: '/text', message: 'must be a string' }] },
    })
    expect(said.code).toBe(0)
  })

  it('sends its stack in debug mode, which for a returned error has the causes and their types', async () => {
    const said = await run(['child'], [echo(1, 'map'), echo(2, 'error')], { SIMPLE_IPC_DEBUG: '1' })
    expect(errorOf(said, 1)).toMatchObject({
      data: { stack: expect.stringMatching(/^panic: .*\n\ngoroutine [^]*child\/main\.go:\d+/) as string },
    })
    expect(errorOf(said, 2)).toMatchObject({
      data: {
        stack: expect.stringMatching(
          /^\*fmt\.wrapError: .*\n {2}\*fs\.PathError: .*\n {4}syscall\.Errno: /,
        ) as string,
      },
    })
  })

  it('says nothing of declared errors, cancelled calls, and calls that end with the session', async () => {
    const said = await run(
      ['conversation_child'],
      [
        { id: 1, method: 'fail', params: { how: 'declared' } },
        { id: 2, method: 'slow', params: { seconds: 600 } },
        { method: '$/cancelRequest', params: { id: 2 } },
        { id: 3, method: 'nest', params: { depth: 1 } },
      ],
    )
    expect(said.stderr).toBe('')
    expect(errorOf(said, 3)).toMatchObject({ code: -32603 })
  })

  it('ends no host, whose calls go on, and whose OnStart came first', async () => {
    const said = await run(['host', 'conversation_child'])
    expect(said.lines).toEqual(['prepared', 'panic: nested (-32603)', 'no numbers (-32603)', 'after <nil>'])
    expect(count(said.stderr, "simple-ipc: the handler of 'nest' failed:\npanic: nested\n")).toBe(1)
    expect(count(said.stderr, "simple-ipc: the handler of 'numbers' failed: no numbers\n")).toBe(1)
    expect(said.code).toBe(0)
  })
})
