import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { generate } from '../../src/generate/generate.js'
import { loadContract } from '../../src/contract/load-contract.js'
import { writeFiles } from '../../src/output/write-files.js'
import { inPackage, inTests } from '../support/paths.js'
import { complaints } from '../support/toolchains.js'
import { makeProject } from '../support/translate.js'

const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc')
const readme = readFileSync(inPackage('README.md'), 'utf8')
const programs = ['child.ts', 'typed-host.ts']
const starter = inPackage('src', 'init', 'starter', 'contract.ts')

/** The block that begins with its file's name. */
function snippet(file: string): string {
  const [, text] = new RegExp(`^\`\`\`ts\n(// ${file}\n[^]*?)^\`\`\`$`, 'm').exec(readme) ?? []
  if (text === undefined) throw new Error(`the README has no ${file}`)
  return text
}

describe("the README's programs in TypeScript", () => {
  let folder = ''
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'simple-ipc-'))
    makeProject(folder)
    for (const program of programs) writeFileSync(path.join(folder, program), snippet(program))
    const { json } = await loadContract(starter)
    writeFiles(path.join(folder, 'generated'), generate(json, 'typescript'))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('compile', { timeout: 60_000 }, () => {
    cpSync(inTests('typescript', 'strict-tsconfig.json'), path.join(folder, 'tsconfig.json'))
    expect(complaints(process.execPath, [tsc, '-p', '.'], folder)).toBe('')
  })

  it('run, and print what they should', async () => {
    const run = promisify(execFile)
    const { stdout } = await run(process.execPath, ['--import', 'tsx', 'typed-host.ts'], { cwd: folder })
    expect(stdout).toBe('3\nDivideDivisionByZeroError (1)\n2\n3\n5\n7\n11\n13\n17\n19\n8 of them\n')
  })
})
