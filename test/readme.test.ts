import { execFile } from 'node:child_process'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, test } from 'vitest'
import { withoutTracebacks } from '../packages/codegen/test/support/tracebacks.js'
import { has } from '../scripts/required-programs.mjs'

// The README's first five minutes, as it tells them. Below the repository, so that the packages are found.
const run = promisify(execFile)
const root = path.join(import.meta.dirname, '..')
const folder = path.join(import.meta.dirname, 'build', 'readme')
let blocks: { language: string; code: string }[]

beforeAll(async () => {
  const readme = await readFile(path.join(root, 'README.md'), 'utf8')
  blocks = [...readme.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(([, language = '', code = '']) => ({
    language,
    code,
  }))
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
})

function block(language: string, index: number): string {
  const found = blocks.filter(each => each.language === language)[index]
  if (found === undefined) throw new Error(`README.md has no block ${index} in ${language}`)
  return found.code
}

async function write(name: string, code: string): Promise<void> {
  await writeFile(path.join(folder, name), code)
}

/** What the comments behind the calls promise. */
function promised(code: string): string {
  return [...code.matchAll(/ \/\/ (.*)$/gm)].map(([, text]) => `${text}\n`).join('')
}

async function output(name: string): Promise<string> {
  const { stdout, stderr } = await run(process.execPath, ['--import', 'tsx', name], { cwd: folder })
  return stdout + stderr
}

describe('the README', () => {
  test.skipIf(!has('bc') || !has('sed'))('speaks with plain programs', async () => {
    const code = block('ts', 0)
    await write('plain.ts', code)
    expect(await output('plain.ts')).toBe(promised(code))
  })

  test.skipIf(!has('python3'))('calls a program in Python', async () => {
    await write('contract.ts', block('ts', 1))
    const commands = block('sh', 3).trim().split('\n')
    expect(commands).toEqual(['npx simple-ipc init python', 'npx tsx host.ts'])
    const cli = path.join(root, 'packages', 'codegen', 'dist', 'cli.js')
    await run(process.execPath, [cli, 'init', 'python'], { cwd: folder })
    // Above each line is the traceback that says where to fill it in.
    const printed = await output('host.ts')
    expect(printed.match(/^ {2}File ".*child\.py", line \d+, in \w+$/gm)).toHaveLength(3)
    expect(withoutTracebacks(printed)).toBe(
      ['add', 'divide', 'primes']
        .map(name => `${name}: RpcError: NotImplementedError: ${name} is not implemented yet\n`)
        .join(''),
    )
    await write('child.py', block('python', 0))
    const code = block('ts', 2)
    await write('host.ts', code)
    expect(await output('host.ts')).toBe(promised(code))
    await write('by-zero.ts', code.replace('divisor: 7', 'divisor: 0'))
    expect(await output('by-zero.ts')).toMatch(/\nnot by zero\n$/)
  })
})
