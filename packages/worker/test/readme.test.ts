// The snippets of README.md: they fit the types, run, and print what their comments say.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import { afterAll, describe, expect, test } from 'vitest'
import { has, type ProgramName } from '../../../scripts/required-programs.mjs'
import { Worker } from '../src/index.js'
import './leaves-nothing.js'

const root = path.resolve(import.meta.dirname, '..')
const folder = path.join(root, 'test', 'build')
const readme = readFileSync(path.join(root, 'README.md'), 'utf8')

const snippets = [...readme.matchAll(/^( *)```(ts|js)(?: needs=(\S+))?\n([^]*?)\n *```$/gm)].map(
  ([, indent = '', language = '', needs, code = ''], index) => ({
    name: `snippet ${index + 1}: ${code.split('\n').find(line => line.includes('Worker(')) ?? ''}`,
    file: path.join(folder, `snippet-${index + 1}.${language}`),
    code: code.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
    needs: (needs?.split(',') ?? []) as ProgramName[],
    printed: [...code.matchAll(/\/\/ → (.*)$/gm)].map(([, text]) => text),
  }),
)

mkdirSync(folder, { recursive: true })
for (const { file, code } of snippets) writeFileSync(file, `${code}\nexport {}\n`)
afterAll(() => rmSync(folder, { recursive: true }))

const program = ts.createProgram(
  snippets.map(snippet => snippet.file),
  {
    strict: true, target: ts.ScriptTarget.ES2022, lib: ['lib.es2023.d.ts', 'lib.esnext.disposable.d.ts'], types: ['node'], allowJs: true, checkJs: true,
    module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext, outDir: path.join(folder, 'out'), rootDir: folder,
  },
) // prettier-ignore

test('the snippets fit the types', () => {
  const found = ts.getPreEmitDiagnostics(program)
  expect(
    ts.formatDiagnostics(found, {
      getCanonicalFileName: name => name,
      getCurrentDirectory: () => root,
      getNewLine: () => '\n',
    }),
  ).toBe('')
  expect(snippets.length).toBeGreaterThan(10)
  program.emit()
})

describe('the snippets print what they say', () => {
  for (const { name, file, needs, printed } of snippets)
    test.skipIf(!needs.every(has))(name, async () => {
      const compiled = path.join(folder, 'out', `${path.basename(file, path.extname(file))}.js`)
      const lines: string[] = []
      const stderr: string[] = []
      const host = new Worker([process.execPath, compiled], line => lines.push(line), {
        stderr: line => stderr.push(line),
      })
      expect({ ...(await host.exited), stderr }).toEqual({ code: 0, signal: null, stderr: [] })
      expect(lines).toEqual(printed)
    })
})
