import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const run = promisify(execFile)
const here = path.join(import.meta.dirname, 'build', 'readme')
const readme = readFileSync(path.join(import.meta.dirname, '..', 'README.md'), 'utf8')

/** Each block of TypeScript with the name in the comment above it, and what it prints. */
const snippets = Array.from(
  readme.matchAll(
    /<!-- (file|types only): (\S+) -->\n+```ts\n([^]*?)```(?:\n+<!-- prints -->\n+```text\n([^]*?)```)?/g,
  ),
  ([, kind, name = '', text = '', prints]) => ({ kind, name, text, prints }),
)

beforeAll(() => {
  mkdirSync(here, { recursive: true })
  writeFileSync(path.join(here, 'package.json'), '{ "type": "module" }\n')
  writeFileSync(
    path.join(here, 'tsconfig.json'),
    '{ "extends": "../../../../../tsconfig.base.json", "include": ["*.ts"] }\n',
  )
  for (const { name, text } of snippets) writeFileSync(path.join(here, name), text)
})
afterAll(() => rmSync(here, { recursive: true }))

describe('The snippets of the README', () => {
  it('are all of its TypeScript', () => {
    expect(snippets.length).toBe(readme.match(/^```ts$/gm)?.length)
  })

  it('and its words name everything that the package exports', () => {
    const index = readFileSync(path.join(import.meta.dirname, '..', 'src', 'index.ts'), 'utf8')
    const names = Array.from(index.matchAll(/\{([^}]*)\}/g), ([, list = '']) => list.split(','))
      .flat()
      .map(name => name.replace('type ', '').trim())
      .filter(name => name !== '')
    expect(names.length).toBeGreaterThan(50)
    expect(names.filter(name => !new RegExp(`\\b${name}\\b`).test(readme))).toEqual([])
  })

  it('compile at the strictest', async () => {
    const tsc = path.join(import.meta.dirname, '..', '..', '..', 'node_modules', 'typescript', 'bin', 'tsc')
    const { stdout } = await run(process.execPath, [
      tsc,
      '-p',
      here,
      '--noUnusedParameters',
      'false',
      '--noUnusedLocals',
      'false',
    ]).catch((error: unknown) => error as { stdout: string })
    expect(stdout).toBe('')
  }, 300_000)

  it.each(snippets.filter(({ prints }) => prints !== undefined))(
    'print what they say: $name',
    async ({ name, prints }) => {
      const { stdout } = await run(process.execPath, ['--import', 'tsx', name], { cwd: here })
      expect(stdout).toBe(prints)
    },
    60_000,
  )
})
