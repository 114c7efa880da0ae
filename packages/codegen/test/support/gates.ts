import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { OutputFile } from '../../src/model/target.js'
import { eslint, gofmt, lint, mypy, prettier, pyright, ruff, staticcheck, tsc, vet } from './linters.js'
import { inTests, repository } from './paths.js'
import { goMod, hasGoTools, hasPythonTools, ruffConfig } from './toolchains.js'

/** What generated code of a language must pass, in the order in which it is asked. */
export interface Gate {
  /** Its tools are here. */
  available: boolean
  /** Puts the files into a folder that is empty, with what the tools need beside them. */
  prepare(folder: string, files: readonly OutputFile[]): void
  /** What each tool says when it is not content. */
  tools: Readonly<Record<string, (folder: string) => string>>
}

function write(folder: string, files: readonly OutputFile[], change = (text: string): string => text): void {
  for (const file of files) {
    const target = path.join(folder, file.path)
    mkdirSync(path.dirname(target), { recursive: true })
    writeFileSync(target, change(file.text))
  }
}
export const gates: Readonly<Record<string, Gate>> = {
  python: {
    available: hasPythonTools,
    prepare: (folder, files) => {
      write(path.join(folder, 'generated'), files)
      cpSync(ruffConfig, path.join(folder, 'ruff.toml'))
      writeFileSync(
        path.join(folder, 'pyrightconfig.json'),
        '{ "typeCheckingMode": "strict", "pythonVersion": "3.10" }',
      )
    },
    tools: {
      'ruff format': folder => lint(ruff, ['format', '--diff', 'generated'], folder),
      'ruff check': folder => lint(ruff, ['check', '--no-cache', 'generated'], folder),
      'ruff check without a configuration': folder =>
        lint(ruff, ['check', '--isolated', '--ignore', 'N999', '--no-cache', 'generated'], folder),
      'mypy --strict': folder =>
        lint(mypy, ['--strict', '--python-version', '3.10', '--cache-dir', '.mypy', '.'], folder),
      'pyright in strict mode': folder => lint(pyright, ['-p', '.'], folder),
    },
  },
  go: {
    available: hasGoTools,
    prepare: (folder, files) => {
      // Without their first lines: linters pass over files that say they are generated.
      write(folder, files, text => text.replace(/^.*\n\n?/, ''))
      writeFileSync(path.join(folder, 'go.mod'), goMod)
    },
    tools: {
      gofmt: folder => lint(gofmt, ['-d', '.'], folder),
      'go vet': folder => lint(vet, ['./...'], folder),
      staticcheck: folder => lint(staticcheck, ['./...'], folder),
    },
  },
  typescript: {
    available: true,
    prepare: (folder, files) => {
      symlinkSync(path.join(repository, 'node_modules'), path.join(folder, 'node_modules'), 'junction')
      writeFileSync(path.join(folder, 'package.json'), '{ "type": "module" }')
      for (const config of ['tsconfig.json', 'eslint.config.mjs'])
        cpSync(inTests('typescript', `strict-${config}`), path.join(folder, config))
      // Without their first lines, as above.
      write(path.join(folder, 'generated'), files, text => text.split('\n').slice(2).join('\n'))
    },
    tools: {
      'tsc, strict': folder => lint(tsc, ['-p', '.'], folder),
      'typescript-eslint, strict': folder => lint(eslint, ['--max-warnings', '0', 'generated'], folder),
      prettier: folder =>
        lint(
          prettier,
          [
            ...[
              '--no-config',
              '--no-semi',
              '--single-quote',
              '--arrow-parens',
              'avoid',
              '--print-width',
              '100',
            ],
            ...['--list-different', 'generated'],
          ],
          folder,
        ),
    },
  },
}
