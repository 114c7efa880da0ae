import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const run = promisify(execFile)
const root = path.join(import.meta.dirname, '..')

interface Snippet {
  name: string
  text: string
  prints: string | undefined
}

/** Each block of TypeScript with the name in the comment above it, and what it prints. */
const snippetsOf = (readme: string): Snippet[] =>
  Array.from(
    readme.matchAll(
      /<!-- (?:file|types only): (\S+) -->\n+```ts\n([^]*?)```(?:\n+<!-- prints -->\n+```text\n([^]*?)\n```\n)?/g,
    ),
    ([, name = '', text = '', prints]) => ({ name, text, prints }),
  )

describe.each(['lsp', 'mcp'])('The snippets of the README of %s', name => {
  // Beside its dependencies, in a folder that git ignores.
  const here = path.join(root, 'packages', name, 'build', 'readme')
  const readme = readFileSync(path.join(root, 'packages', name, 'README.md'), 'utf8')
  const snippets = snippetsOf(readme)

  beforeAll(() => {
    mkdirSync(here, { recursive: true })
    writeFileSync(path.join(here, 'package.json'), '{ "type": "module" }\n')
    writeFileSync(
      path.join(here, 'tsconfig.json'),
      '{ "extends": "../../../../tsconfig.base.json", "compilerOptions": { "skipLibCheck": true }, "include": ["*.ts"] }\n',
    )
    // npx looks for programs here.
    symlinkSync(path.join(root, 'node_modules'), path.join(here, 'node_modules'), 'junction')
    for (const { name: file, text } of snippets) writeFileSync(path.join(here, file), text)
  })
  afterAll(() => rmSync(here, { recursive: true }))

  it('are all of its TypeScript', () => {
    expect(snippets.length).toBe(readme.match(/^```ts$/gm)?.length)
    expect(snippets.filter(({ prints }) => prints !== undefined)).toHaveLength(1)
  })

  it('compile at the strictest', async () => {
    const tsc = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc')
    const { stdout } = await run(process.execPath, [tsc, '-p', here]).catch(
      (error: unknown) => error as { stdout: string },
    )
    expect(stdout).toBe('')
  }, 120_000)

  it('print what they say', async () => {
    for (const { name: file, prints } of snippets)
      if (prints !== undefined) {
        const { stdout } = await run(process.execPath, ['--import', 'tsx', path.join(here, file)], {
          cwd: here,
        })
        expect(stdout.trimEnd()).toBe(prints)
      }
  }, 120_000)
})
