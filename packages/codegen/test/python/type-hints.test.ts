import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { generate } from '../../src/generate/generate.js'
import { writeFiles } from '../../src/output/write-files.js'
import { casesOf } from '../support/cases.js'
import { inTests } from '../support/paths.js'
import { oldestPython, python } from '../support/toolchains.js'

const versions = [...new Set([python, oldestPython])].filter(program => program !== undefined)

describe.skipIf(python === undefined)('annotations of generated Python', () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'simple-ipc-'))
    for (const { json } of casesOf('python'))
      writeFiles(path.join(folder, 'generated'), generate(json, 'python'))
    cpSync(inTests('python', 'type_hints.py'), path.join(folder, 'type_hints.py'))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it.each(versions)('can be evaluated at run time (%s)', { timeout: 60_000 }, program => {
    const { stdout, stderr } = spawnSync(program, ['type_hints.py'], { cwd: folder, encoding: 'utf8' })
    expect(stderr).toBe('')
    expect(Number(stdout)).toBeGreaterThan(200)
  })
})
