import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { hasPythonTools, mypy } from '../packages/codegen/test/support/toolchains.js'
import { withoutTracebacks } from '../packages/codegen/test/support/tracebacks.js'
import { has } from '../scripts/required-programs.mjs'

// The first walk of each README, as a newcomer goes it: in an empty folder outside the repository, command by command.
const root = path.join(import.meta.dirname, '..')

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'simple-ipc-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

interface Block {
  language: string
  code: string
  /** The file that the sentence above it names. */
  file: string | undefined
}

/** The blocks of a README between two headings. */
function blocks(readme: string, from: string, to: string): Block[] {
  const text = readFileSync(path.join(root, readme), 'utf8')
  const begin = text.indexOf(`${from}\n`)
  const section = text.slice(begin, text.indexOf(`\n${to}`, begin + from.length))
  expect(begin, `${readme} has ${from}`).toBeGreaterThanOrEqual(0)
  return [
    ...section.matchAll(/(?:^.*in `([\w.]+)`.*:\n\n(?:<!-- .* -->\n\n)?)?^```(\w+).*\n([^]*?)^```$/gm),
  ].map(([, file, language = '', code = '']) => ({ file, language, code }))
}

const cli = path.join(root, 'packages', 'codegen', 'dist', 'cli.js')

/** Runs a command of a README; returns what it printed. */
function shell(command: string): string {
  const { status, stdout, stderr } = spawnSync(
    command.replace(/^npx simple-ipc /, `"${process.execPath}" "${cli}" `),
    { cwd: folder, shell: true, encoding: 'utf8' },
  )
  expect(status, `${command}\n${stdout}${stderr}`).toBe(0)
  return stdout + stderr
}

/** Nothing is fetched: the packages are this repository's, and so is what else is installed. */
function install(command: string): void {
  const require = createRequire(path.join(root, 'package.json'))
  const names = command.split(' ').filter(word => !['npm', 'install', '--save-dev'].includes(word))
  for (const name of names) expect(require.resolve(`${name}/package.json`)).toContain('package.json')
  rmSync(path.join(folder, 'node_modules'), { force: true })
  symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'), 'junction')
}

/** Goes through the blocks in their order; returns what each command printed. */
function walk(all: readonly Block[]): Map<string, string[]> {
  const printed = new Map<string, string[]>()
  for (const { language, code, file } of all) {
    if (file !== undefined) writeFileSync(path.join(folder, file), code)
    else if (language === 'sh')
      for (const command of code.trimEnd().split('\n'))
        if (command.startsWith('npm install ')) install(command)
        else printed.set(command, [...(printed.get(command) ?? []), shell(command)])
  }
  return printed
}

/** What the comments behind the calls promise. */
const promised = (code = '', mark = '// '): string =>
  [...code.matchAll(new RegExp(` ${mark}(.*)$`, 'gm'))].map(([, text]) => `${text}\n`).join('')

describe('the README of the project', () => {
  test.skipIf(!has('bc') || !has('sed'))('speaks with plain programs', { timeout: 60_000 }, () => {
    const all = blocks('README.md', '## A program that speaks lines', '## A program that is called')
    const code = all.find(({ file }) => file === 'lines.ts')?.code
    expect(walk(all).get('npx tsx lines.ts')).toEqual([promised(code)])
    expect(promised(code)).toContain('sed got: 42\n')
  })

  test.skipIf(!has('python3'))('calls a program in Python', { timeout: 120_000 }, () => {
    const all = blocks('README.md', '## A program that is called', '## Where to read on')
    const [first = '', second, ...more] = walk(all).get('npx tsx host.ts') ?? []
    // Above each line is the traceback that says where to fill it in.
    expect(first.match(/^ {2}File ".*child\.py", line \d+, in \w+$/gm)).toHaveLength(3)
    expect(withoutTracebacks(first)).toBe(
      ['add', 'divide', 'primes']
        .map(name => `${name}: RpcError: NotImplementedError: ${name} is not implemented yet\n`)
        .join(''),
    )
    const host = all.findLast(({ file }) => file === 'host.ts')?.code ?? ''
    expect(second).toBe(promised(host))
    expect(more).toEqual([])
    writeFileSync(path.join(folder, 'by-zero.ts'), host.replace('divisor: 7', 'divisor: 0'))
    expect(shell('npx tsx by-zero.ts')).toMatch(/\nnot by zero\n$/)
    if (hasPythonTools) expect(shell(`${mypy} --strict child.py`)).toContain('Success')
  })
})

describe("the packages' READMEs begin with a walk that works", () => {
  test.skipIf(!has('bc'))('worker', () => {
    const all = blocks('packages/worker/README.md', '# @simple-ipc/worker', 'What you get over')
    walk(all)
    const code = all.find(({ file }) => file === 'first.js')?.code
    expect(shell('node first.js')).toBe(promised(code, '// → '))
  })

  test('rpc', { timeout: 60_000 }, () => {
    const all = blocks('packages/rpc/README.md', '## A first call', '## Calls')
    walk(all)
    expect(all.map(({ file }) => file).filter(Boolean)).toEqual(['contract.ts', 'child.ts', 'host.ts'])
    expect(shell('npx tsx host.ts')).toBe(all.find(({ language }) => language === 'text')?.code)
  })

  test('codegen, whose walks are tested where its languages are: its packages are modules', () => {
    const commands = blocks('packages/codegen/README.md', '## Five minutes', '## The same in Go')
      .filter(({ language }) => language === 'sh')
      .map(({ code }) => code)
      .join('')
    expect(commands).toContain('npm init -y\nnpm pkg set type=module\n')
  })
})
