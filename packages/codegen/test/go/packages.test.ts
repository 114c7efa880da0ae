// What several contracts of a program share: one runtime below each output folder.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { defineContract, discover, serializeContract, Type } from '@simple-ipc/rpc'
import { describe, expect, it } from 'vitest'
import { generate } from '../../src/generate/generate.js'
import { writeFiles } from '../../src/output/write-files.js'
import { inTests } from '../support/paths.js'
import { Scratch } from '../support/scratch.js'
import { complaints, go, goEnvironment, goMod, goModule, hasRaceDetector } from '../support/toolchains.js'

const contractOf = (name: string) =>
  defineContract({
    name,
    version: '1.0.0',
    child: {
      methods: {
        add: { params: Type.Object({ to: Type.Integer() }), result: Type.Integer() },
        refuse: { result: Type.Integer(), errors: { No: { code: 7, data: Type.String() } } },
        exit: { params: Type.Object({ code: Type.Integer() }) },
      },
    },
    host: { methods: { one: { result: Type.Integer() } } },
  })

describe.skipIf(go === undefined)('two contracts in one program', () => {
  it('have one watchdog and one type of errors, and race with nothing', { timeout: 600_000 }, () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'simple-ipc-'))
    try {
      for (const name of ['first', 'second']) {
        const contract = contractOf(name)
        const importPath = `${goModule.importPath}/generated`
        writeFiles(
          path.join(folder, 'generated'),
          generate(serializeContract(contract), 'go', discover(contract), { importPath }),
        )
      }
      cpSync(inTests('go', 'two_contracts'), folder, { recursive: true })
      writeFileSync(path.join(folder, 'go.mod'), goMod)
      const race = hasRaceDetector ? ['-race'] : []
      expect(
        complaints(
          go ?? 'go',
          ['build', ...race, '-o', `bin${path.sep}`, './host', './first_child', './second_child'],
          folder,
          goEnvironment,
        ),
      ).toBe('')
      const program = (name: string): string =>
        path.join(folder, 'bin', process.platform === 'win32' ? `${name}.exe` : name)
      const { stdout, stderr, status } = spawnSync(
        program('host'),
        [program('first_child'), program('second_child')],
        { encoding: 'utf8' },
      )
      expect({ stdout: stdout.split('\n'), stderr, status }).toEqual({
        stdout: [
          'sum: 200',
          `watchdogs: ${process.platform === 'linux' ? 1 : 0}`,
          'first: 7 No true',
          'second: 7 No false',
          'first: WORKER_EXITED 3',
          'second: WORKER_EXITED 4',
          '',
        ],
        stderr: '',
        status: 0,
      })
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})

it.skipIf(go === undefined)(
  "contracts may be called like packages of the runtime and of Go, or like the runtime's folders",
  { timeout: 300_000 },
  () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'simple-ipc-'))
    try {
      const names = [
        'ipc',
        'internal',
        'host',
        'child',
        'peer',
        'jsontree',
        'context',
        'errors',
        'json',
        'slices',
      ]
      for (const name of names)
        writeFiles(folder, generate(serializeContract(contractOf(name)), 'go', undefined, goModule))
      writeFileSync(path.join(folder, 'go.mod'), goMod)
      expect(complaints(go ?? 'go', ['vet', './...'], folder, goEnvironment)).toBe('')
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
)

describe('the runtime of Go', () => {
  const scratch = new Scratch()
  const generateGo = (...flags: string[]) =>
    scratch.run('generate', 'c.ts', '--lang', 'go', '--out', 'out', ...flags)
  const define = (name = 'small') =>
    scratch.contract('c.ts', `export const c = defineContract({ name: '${name}', version: '1.0.0' })`)

  it('is written once for all contracts of a folder, and imported by what go.mod says', () => {
    scratch.write('go.mod', 'module "example.com/app"\n')
    scratch.contract(
      'two.ts',
      `export const a = defineContract({ name: 'a', version: '1' })
       export const b = defineContract({ name: 'b', version: '1' })`,
    )
    scratch.write(
      'simple-ipc.config.json',
      JSON.stringify(['a', 'b'].map(name => ({ contract: 'two.ts', name, out: { go: 'x/out' } }))),
    )
    expect(scratch.run('generate').status).toBe(0)
    const files = Object.keys(scratch.tree('x/out'))
    expect(files.filter(file => file.endsWith('/errors.go')).sort()).toEqual([
      'x/out/internal/ipc/host/errors.go',
      'x/out/internal/ipc/peer/errors.go',
      'x/out/ipc/errors.go',
    ])
    expect(files.filter(file => /out\/[ab]\//.test(file))).toEqual(['x/out/a/a.go', 'x/out/b/b.go'])
    expect(scratch.read('x/out/b/b.go')).toContain('\t"example.com/app/x/out/ipc"\n')
    expect(scratch.read('x/out/internal/ipc/peer/peer.go')).toContain(
      '\t"example.com/app/x/out/internal/ipc/wire"\n',
    )
    expect(scratch.run('generate', '--check').status).toBe(0)
    // A module of its own in between: the paths begin there.
    scratch.write('x/go.mod', 'module inner // nested\n')
    expect(scratch.run('generate', '--check').output).toContain('+\t"inner/out/ipc"\n')
  })

  it('is refused where nothing says how it is imported, and nothing is written', () => {
    define()
    const { status, errors } = generateGo()
    expect(status).toBe(2)
    expect(errors).toMatch(/c\.ts, Go: There is no go\.mod in out or above it.*`go mod init <module path>`/)
    expect(scratch.tree('out')).toEqual({})
  })

  it('is imported by what --go-import says, or the configuration', () => {
    define()
    expect(generateGo('--go-import', 'example.com/given').status).toBe(0)
    expect(scratch.read('out/small/small.go')).toContain('\t"example.com/given/ipc"\n')
    scratch.write(
      'simple-ipc.config.json',
      JSON.stringify({ contract: 'c.ts', out: { go: 'out' }, goImport: 'example.com/configured' }),
    )
    expect(scratch.run('generate').status).toBe(0)
    expect(scratch.read('out/small/small.go')).toContain('\t"example.com/configured/ipc"\n')
    expect(generateGo('--go-import', 'not a path')).toMatchObject({
      status: 2,
      errors: expect.stringContaining("'not a path' is not a valid Go import path") as string,
    })
  })

  it("of an older release, in the contract's package, is deleted; what is beside it stays", () => {
    define()
    const older = '// Code generated by @simple-ipc/codegen 0.0.1. DO NOT EDIT.\n\npackage small\n'
    scratch.write('out/small/ipc_peer.go', older)
    scratch.write('out/ipc/gone.go', older)
    scratch.write('out/internal/ipc/gone/gone.go', older)
    const mine = {
      'out/small/mine.go': 'package small\n',
      'out/small/sub/ipc_peer.go': older,
      'out/internal/mine/mine.go': 'package mine\n',
      'out/internal/ipc/mine.go': 'package ipc\n',
    }
    for (const [file, text] of Object.entries(mine)) scratch.write(file, text)
    expect(generateGo('--go-import', 'm/out', '--check').output).toContain(
      '--- out/small/ipc_peer.go\ton disk\n+++ /dev/null',
    )
    expect(generateGo('--go-import', 'm/out').output).toMatch(/\d+ new, 3 deleted\)/)
    expect(scratch.tree('out')).toMatchObject(mine)
    const files = Object.keys(scratch.tree('out'))
    expect(files).not.toContain('out/small/ipc_peer.go')
    expect(files).not.toContain('out/internal/ipc/gone/gone.go')
  })
})
