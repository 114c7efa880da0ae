import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { discover } from '@simple-ipc/rpc'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { generate } from '../../src/generate/generate.js'
import { writeFiles } from '../../src/output/write-files.js'
import { casesOf } from '../support/cases.js'
import { inTests } from '../support/paths.js'
import { lint, mypy, pyright, ruff } from '../support/linters.js'
import { hasPythonTools, ruffConfig } from '../support/toolchains.js'

describe.skipIf(!hasPythonTools)('generated Python', () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'simple-ipc-'))
    for (const { json, contract } of casesOf('python'))
      writeFiles(path.join(folder, 'generated'), generate(json, 'python', discover(contract)))
    const programs = inTests('python')
    for (const file of readdirSync(programs))
      if (/^(conversation|host)_.*\.py$/.test(file))
        cpSync(path.join(programs, file), path.join(folder, file))
    cpSync(ruffConfig, path.join(folder, 'ruff.toml'))
    writeFileSync(
      path.join(folder, 'pyrightconfig.json'),
      '{ "typeCheckingMode": "strict", "pythonVersion": "3.10" }',
    )
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('is formatted as ruff formats', () => {
    expect(lint(ruff, ['format', '--diff', 'generated'], folder)).toBe('')
  })

  it('passes the strict rules of ruff', () => {
    expect(lint(ruff, ['check', '--no-cache', 'generated'], folder)).toBe('')
  })

  it('passes the rules that ruff has without a configuration', () => {
    // The names of modules come from contracts.
    const args = ['check', '--isolated', '--ignore', 'N999', '--no-cache', 'generated']
    expect(lint(ruff, args, folder)).toBe('')
  })

  it('passes mypy --strict, with a program that uses it', { timeout: 120_000 }, () => {
    const args = ['--strict', '--python-version', '3.10', '--cache-dir', '.mypy', '.']
    expect(lint(mypy, args, folder)).toBe('')
  })

  it('passes pyright in strict mode, with a program that uses it', { timeout: 120_000 }, () => {
    expect(lint(pyright, ['-p', '.'], folder)).toBe('')
  })

  it('silences no tool: there is no noqa and no type: ignore but where a rule is named', () => {
    const all = casesOf('python')
      .flatMap(({ json }) => generate(json, 'python').map(({ text }) => text))
      .join('\n')
    expect(all.match(/# (?:noqa|type: ignore|pyright: ignore)(?![:[])/g)).toBeNull()
  })
})
