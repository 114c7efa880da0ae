import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { discover, serializeContract } from '@simple-ipc/rpc'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { generate } from '../../src/generate/generate.js'
import { writeFiles } from '../../src/output/write-files.js'
import { casesOf } from '../support/cases.js'
import { inPackage } from '../support/paths.js'
import { Random } from '../support/random.js'
import { randomContract } from '../support/random-contract.js'
import { gofmt, lint, staticcheck, vet } from '../support/linters.js'
import {
  complaints,
  go,
  goEnvironment,
  goMod,
  goModule,
  hasRaceDetector,
  hasGoTools,
} from '../support/toolchains.js'

const runtime = inPackage('src', 'targets', 'go', 'runtime')

describe.skipIf(!hasGoTools)('generated Go', () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'simple-ipc-'))
    for (const { json, contract } of casesOf('go'))
      writeFiles(folder, generate(json, 'go', discover(contract), goModule))
    // Contracts of chance: each time the same, all with shapes that the cases have not.
    for (const seed of [13, 17, 249, 375]) {
      const json = { ...serializeContract(randomContract(new Random(seed))), name: `chance${seed}` }
      writeFiles(folder, generate(json, 'go', undefined, goModule))
    }
    writeFileSync(path.join(folder, 'go.mod'), goMod)
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('is formatted as gofmt formats', { timeout: 60_000 }, () => {
    expect(lint(gofmt, ['-d', '.'], folder)).toBe('')
  })

  it('passes go vet, for Linux, macOS, FreeBSD and Windows', { timeout: 600_000 }, () => {
    expect(lint(vet, ['./...'], folder)).toBe('')
    // What differs is the runtime, which is the same for all.
    for (const GOOS of ['linux', 'darwin', 'freebsd', 'windows'])
      expect(lint(vet, ['./empty', './ipc/...', './internal/...'], folder, { GOOS })).toBe('')
  })

  // Linters pass over files that say they are generated.
  it('passes staticcheck without the line that says it is generated', { timeout: 600_000 }, () => {
    for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
      if (file.endsWith('.go')) {
        const text = readFileSync(path.join(folder, file), 'utf8')
        expect(text).toMatch(/^\/\/ Code generated .* DO NOT EDIT\.\n/)
        writeFileSync(path.join(folder, file), text.slice(text.indexOf('\n') + 1))
      }
    expect(lint(staticcheck, ['./...'], folder)).toBe('')
  })

  it('silences no tool', () => {
    const all = casesOf('go')
      .flatMap(({ json }) => generate(json, 'go', undefined, goModule).map(({ text }) => text))
      .join('\n')
    expect(all.match(/\/\/(?:lint:|nolint|go:nosplit)/g)).toBeNull()
  })
})

describe.skipIf(go === undefined)('the Go runtime', () => {
  it.each(hasRaceDetector ? [[[]], [['-race']]] : [[[]]])(
    'passes its own tests %s',
    { timeout: 600_000 },
    (flags: string[]) => {
      const folder = mkdtempSync(path.join(tmpdir(), 'simple-ipc-'))
      cpSync(runtime, folder, { recursive: true })
      expect(complaints(go ?? 'go', ['test', ...flags, './...'], folder, goEnvironment)).toBe('')
      rmSync(folder, { recursive: true, force: true })
    },
  )

  // Dup2, which other systems have, is missing on some processors of Linux.
  it.skipIf(process.platform !== 'linux' || process.arch !== 'x64')(
    'passes the tests of its processes with the files of the other POSIX systems',
    { timeout: 600_000 },
    () => {
      const folder = mkdtempSync(path.join(tmpdir(), 'simple-ipc-'))
      cpSync(runtime, folder, { recursive: true })
      let others = 0
      for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
        const file = path.join(folder, name)
        if (name.endsWith('_linux.go')) rmSync(file)
        else if (name.endsWith('.go')) {
          const text = readFileSync(file, 'utf8')
          const there = text.replace(/^(\/\/go:build .*)!linux$/m, '$1linux')
          if (there !== text) others++
          writeFileSync(file, there)
        }
      }
      expect(others).toBeGreaterThan(2)
      const args = ['test', './internal/ipc/host/', './internal/ipc/process/', './internal/ipc/child/']
      expect(complaints(go ?? 'go', args, folder, goEnvironment)).toBe('')
      rmSync(folder, { recursive: true, force: true })
    },
  )
})
