import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const run = promisify(execFile)
const root = path.join(import.meta.dirname, '..', '..', '..')
const here = path.join(import.meta.dirname, '..', 'build', 'readme')
const readme = readFileSync(path.join(import.meta.dirname, '..', 'README.md'), 'utf8')

/** Each block of TypeScript with the name in the comment above it, and what it prints. */
const snippets = Array.from(
  readme.matchAll(
    /<!-- (?:file|types only): (\S+) -->\n+```ts\n([^]*?)```(?:\n+<!-- prints -->\n+```text\n([^]*?)\n```\n)?/g,
  ),
  ([, name = '', text = '', prints]) => ({ name, text, prints }),
)

beforeAll(() => {
  mkdirSync(here, { recursive: true })
  writeFileSync(path.join(here, 'package.json'), '{ "type": "module" }\n')
  writeFileSync(
    path.join(here, 'tsconfig.json'),
    '{ "extends": "../../../../tsconfig.base.json", "compilerOptions": { "skipLibCheck": true }, "include": ["*.ts"] }\n',
  )
  // npx looks for programs here.
  symlinkSync(path.join(root, 'node_modules'), path.join(here, 'node_modules'), 'junction')
  for (const { name, text } of snippets) writeFileSync(path.join(here, name), text)
})
afterAll(() => rmSync(here, { recursive: true }))

describe('The snippets of the README', () => {
  it('are all of its TypeScript', () => {
    expect(snippets.length).toBe(readme.match(/^```ts$/gm)?.length)
    expect(snippets.map(({ prints }) => prints !== undefined)).toEqual([true, false, false])
  })

  it('compile at the strictest', async () => {
    const tsc = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc')
    const { stdout } = await run(process.execPath, [tsc, '-p', here]).catch(
      (error: unknown) => error as { stdout: string },
    )
    expect(stdout).toBe('')
  }, 120_000)

  it('print what they say', async () => {
    for (const { name, prints } of snippets)
      if (prints !== undefined) {
        const { stdout } = await run(process.execPath, ['--import', 'tsx', path.join(here, name)], {
          cwd: here,
        })
        expect(stdout.trimEnd()).toBe(prints)
      }
  }, 120_000)
})
