import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const root = path.resolve(import.meta.dirname, '..', '..', '..')
const cli = path.join(root, 'packages', 'codegen', 'dist', 'cli.js')

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'simple-ipc-'))
  symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'), 'junction')
  contract(
    'contract.ts',
    "export const contract = defineContract({ name: 'demo', version: '1.0.0', child: { methods: { hello: { result: Type.String() } } } })",
  )
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function contract(file: string, text: string): void {
  writeFileSync(path.join(folder, file), `import { defineContract, Type } from '@simple-ipc/rpc'\n${text}\n`)
}

function run(...args: string[]): { status: number | null; output: string; errors: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    cwd: folder,
    encoding: 'utf8',
  })
  return { status, output: stdout, errors: stderr }
}

describe('simple-ipc generate', () => {
  it('writes the files and says so, then leaves unchanged ones alone', () => {
    expect(run('generate', 'contract.ts', '--lang', 'python', '--out', 'out')).toMatchObject({
      status: 0,
      output: expect.stringMatching(/^Python: \d+ files in out \(\d+ new\)\n$/) as string,
    })
    expect(readFileSync(path.join(folder, 'out', 'demo.py'), 'utf8')).toContain('class ChildHandlers')
    expect(run('generate', 'contract.ts', '--lang', 'python', '--out', 'out').output).toMatch(/unchanged\)/)
  })

  it('checks without writing, and fails with a diff', () => {
    expect(run('generate', 'contract.ts', '--lang', 'python', '--out', 'out', '--check')).toMatchObject({
      status: 1,
      output: expect.stringContaining('+class ChildHandlers') as string,
    })
    expect(readdirSync(folder)).not.toContain('out')
    run('generate', 'contract.ts', '--lang', 'python', '--out', 'out')
    expect(run('generate', 'contract.ts', '--lang', 'python', '--out', 'out', '--check')).toMatchObject({
      status: 0,
      output: 'Everything is up to date.\n',
    })
  })

  it.each([
    ['a file that is not there', ['nothing.ts'], /no file nothing\.ts/],
    ['a folder', ['.'], /is a folder/],
    ['an unknown language', ['contract.ts', '--lang', 'cobol'], /no language ‘cobol’; there is python/],
    [
      'a contract of another name',
      ['contract.ts', '--contract', 'other'],
      /no contract called ‘other’; there is contract: ‘demo’/,
    ],
  ])('explains %s', (_, args, message) => {
    const all = args.includes('--lang') ? args : [...args, '--lang', 'python']
    const { status, errors } = run('generate', ...all, '--out', 'out')
    expect({ status, errors }).toMatchObject({ status: 2, errors: expect.stringMatching(message) as string })
    expect(errors, 'no stack').not.toContain('    at ')
  })

  it('explains a module without a contract, with several, that does not compile or throws', () => {
    contract('none.ts', 'export const x = 1')
    contract(
      'two.ts',
      "export const a = defineContract({ name: 'a', version: '1' })\nexport const b = defineContract({ name: 'b', version: '1' })",
    )
    contract('broken.ts', 'export const = 1')
    contract(
      'throws.ts',
      "export const a = defineContract({ name: 'a', version: '1', types: { A: Type.BigInt() } })",
    )
    const errors = (file: string) => run('generate', file, '--lang', 'python', '--out', 'out').errors
    expect(errors('none.ts')).toMatch(
      /exports no contract; it should have a line such as: export const contract = defineContract/,
    )
    expect(errors('two.ts')).toMatch(/several contracts \(a, b\); choose one with --contract/)
    expect(errors('broken.ts')).toMatch(/broken\.ts cannot be loaded/)
    expect(errors('throws.ts')).toMatch(/\/types\/A: JSON has no big integers/)
    expect(run('generate', 'two.ts', '--contract', 'b', '--lang', 'python', '--out', 'out').status).toBe(0)
  })

  it('writes nothing at all when something is refused', () => {
    contract(
      'refused.ts',
      "export const a = defineContract({ name: 'a', version: '1', types: { U: Type.Union([Type.Object({}), Type.Object({})]) } })",
    )
    expect(run('generate', 'refused.ts', '--lang', 'python', '--out', 'out').status).toBe(2)
    expect(readdirSync(folder)).not.toContain('out')
  })

  it('exits with 2 for wrong arguments and 0 for help', () => {
    expect(run('generate').status).toBe(2)
    expect(run('nonsense').status).toBe(2)
    expect(run('--help')).toMatchObject({ status: 0, output: expect.stringContaining('Examples:') as string })
    expect(run('--version').output).toMatch(/^\d+\.\d+\.\d+\n$/)
  })
})
