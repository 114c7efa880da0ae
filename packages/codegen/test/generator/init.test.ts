import { execFile } from 'node:child_process'
import { cpSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { serializeContract } from '@simple-ipc/rpc'
import { casesOf } from '../support/cases.js'
import { inTests } from '../support/paths.js'
import { Scratch } from '../support/scratch.js'
import { gofmt, lint, mypy, ruff, staticcheck, tsc, vet } from '../support/linters.js'
import {
  complaints,
  go,
  goEnvironment,
  hasGoTools,
  hasPythonTools,
  python,
  ruffConfig,
} from '../support/toolchains.js'
import { withoutTracebacks } from '../support/tracebacks.js'

const scratch = new Scratch()
const run = scratch.run.bind(scratch)
const promised = promisify(execFile)

/** Everything a new program must pass; each language has a row. */
const languages = [
  {
    name: 'python',
    files: ['child.py'],
    isThere: python !== undefined,
    /** What stands in the way of its first start; an empty text if nothing does. */
    build: () => '',
    /** What the language's strictest tools say; an empty text if they are content. */
    complaintsOf: (folder: string): string => {
      if (!hasPythonTools) return ''
      cpSync(ruffConfig, path.join(folder, 'ruff.toml'))
      // What mypy found of the runtime serves all.
      const cache = path.relative(folder, scratch.at('.mypy'))
      return [
        lint(ruff, ['format', '--diff', 'child.py'], folder),
        // Names come from contracts, as in generated code, where nothing is imported by such a name.
        lint(ruff, ['check', '--no-cache', '--extend-ignore', 'PLC2403', 'child.py'], folder),
        lint(mypy, ['--strict', '--python-version', '3.10', '--cache-dir', cache, 'child.py'], folder),
      ].join('')
    },
  },
  {
    name: 'go',
    files: ['main.go', 'go.mod'],
    isThere: go !== undefined,
    build: (folder: string): string =>
      complaints(go ?? 'go', ['build', '-o', 'child', '.'], folder, goEnvironment),
    complaintsOf: (folder: string): string => {
      if (!hasGoTools) return ''
      return [
        lint(gofmt, ['-d', 'main.go'], folder),
        lint(vet, ['.'], folder),
        lint(staticcheck, ['.'], folder),
      ].join('')
    },
  },
  {
    name: 'typescript',
    files: ['child.ts'],
    isThere: true,
    build: (): string => '',
    // typescript/lint.test.ts lints those of all cases at once.
    complaintsOf: (): string => '',
  },
]

/** What the host prints, in the order of the methods. */
async function host(folder: string): Promise<string[]> {
  const { stdout, stderr } = await promised(process.execPath, ['--import', 'tsx', 'host.ts'], { cwd: folder })
  return withoutTracebacks(`${stdout}${stderr}`)
    .split('\n')
    .filter(line => line !== '')
}

/** What tsc --strict says of TypeScript below a folder. */
function typeErrors(folder: string): string {
  writeFileSync(
    path.join(folder, 'tsconfig.json'),
    JSON.stringify({
      compilerOptions: {
        strict: true,
        noEmit: true,
        target: 'ES2023',
        module: 'NodeNext',
        types: ['node'],
        skipLibCheck: true,
        preserveSymlinks: false,
      },
      include: ['**/*.ts'],
    }),
  )
  return lint(tsc, ['-p', '.'], folder)
}

/** What a call of a method that has to be filled in fails with: Python names the type of what was raised. */
const notImplemented = (language: string, method: string): string =>
  `RpcError: ${language === 'python' ? 'NotImplementedError: ' : ''}${method} is not implemented yet`

describe.each(languages)('simple-ipc init $name', ({ name, files, isThere, build, complaintsOf }) => {
  it.skipIf(!isThere)(
    'writes a program that runs, with a contract, a host and a configuration',
    async () => {
      const { status, output, errors } = run('init', name)
      expect({ status, errors }).toEqual({ status: 0, errors: '' })
      for (const file of ['contract.ts', 'simple-ipc.config.ts', 'host.ts', ...files])
        expect(output).toContain(`${file} is new\n`)
      expect(build(scratch.folder)).toBe('')
      expect(await host(scratch.folder)).toEqual(
        ['add', 'divide', 'primes'].map(method => `${method}: ${notImplemented(name, method)}`),
      )
      expect(complaintsOf(scratch.folder)).toBe('')
      expect(typeErrors(scratch.folder)).toBe('')
      expect(run('generate', '--check').status, 'the configuration names it').toBe(0)
    },
    120_000,
  )

  it.skipIf(!isThere)(
    'takes any contract: each method is there, and answers that it is not implemented',
    async () => {
      const cases = casesOf(name)
      for (const { name: title } of cases) {
        const module = inTests('cases', `${title}.ts`)
        const { status, errors } = run('init', name, module, '--folder', title)
        expect({ title, status, errors }).toEqual({ title, status: 0, errors: '' })
        expect(complaintsOf(scratch.at(title)), title).toBe('')
        expect(build(scratch.at(title)), title).toBe('')
      }
      const expectRun = async ({ name: title, contract }: (typeof cases)[number]): Promise<void> => {
        const lines = await host(scratch.at(title))
        const methods = Object.keys(serializeContract(contract).child.methods)
        expect(lines, title).toEqual(
          methods.map(method =>
            // For a pattern no value is made up; the call says what is wanted.
            title === 'constraints'
              ? (expect.stringMatching(`^${method}: RpcError: .* must match the pattern `) as string)
              : `${method}: ${notImplemented(name, method)}`,
          ),
        )
      }
      // Side by side, a few at a time: each is two processes that mostly start.
      for (let first = 0; first < cases.length; first += 4)
        await Promise.all(cases.slice(first, first + 4).map(expectRun))
    },
    600_000,
  )

  it('overwrites nothing: if one file is there, none is written', () => {
    scratch.write('host.ts', 'mine')
    const before = scratch.tree('')
    expect(run('init', name)).toMatchObject({
      status: 2,
      errors: expect.stringMatching(/^host\.ts already exists; nothing was written/) as string,
    })
    expect(scratch.tree('')).toEqual(before)
  })
})

describe('simple-ipc init', () => {
  it('uses the contract that is there, and tells a configuration that knows nothing of it', () => {
    scratch.contract(
      'mine.mjs',
      "export const mine = defineContract({ name: 'mine', version: '1', child: { methods: { hello: {} } } })",
    )
    scratch.write('simple-ipc.config.json', '{ "contract": "mine.mjs", "out": { "python": "out" } }')
    const { output, errors } = run('init', 'python', 'mine.mjs', '--folder', 'deep/child')
    expect(errors).toBe('')
    expect(output).toContain("Add this to simple-ipc.config.json: out: { python: 'deep/child/generated' }\n")
    expect(output).toContain('  cd deep/child\n')
    expect(output).toContain('  node host.mjs ')
    expect(scratch.read('deep/child/host.mjs')).toContain(
      "import { mine as contract } from '../../mine.mjs'\n",
    )
    expect(Object.keys(scratch.tree('deep'))).not.toContain('deep/child/contract.ts')
  })

  it('names the languages, if another one is wanted', () => {
    expect(run('init', 'cobol')).toMatchObject({
      status: 2,
      errors: expect.stringMatching(/^Unknown language 'cobol' \(available: .*python/) as string,
    })
    expect(run('init').status).toBe(2)
    expect(run('init', 'python', 'gone.ts').errors).toMatch(/^There is no file gone\.ts/)
  })

  it('writes no host for JSON, and says so', () => {
    run('init', 'python')
    scratch.write('contract.json', run('openrpc', 'contract.ts').output)
    const { output } = run('init', 'python', 'contract.json', '--folder', 'other')
    expect(output).toContain('A host is written only for a contract that is a module')
    expect(Object.keys(scratch.tree('other'))).not.toContain('other/host.ts')
    expect(Object.keys(scratch.tree('other'))).toContain('other/child.py')
  })
})
