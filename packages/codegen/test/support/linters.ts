import { existsSync, readFileSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import path from 'node:path'
import { contents, digest, memoryOf, type PassedBefore } from './passed-before.js'
import { repository } from './paths.js'
import {
  complaints,
  go,
  goEnvironment,
  gofmt as gofmtProgram,
  mypy as mypyProgram,
  pyright as pyrightProgram,
  python,
  ruff as ruffProgram,
  staticcheck as staticcheckProgram,
} from './toolchains.js'

// Tools that only read: what they say depends on a folder's files, their arguments and themselves, and on nothing else.

export interface Linter {
  readonly command: readonly [string, ...string[]]
  readonly env?: NodeJS.ProcessEnv
  /** Tells one state of the tool, and of what it reads besides the folder, from another. */
  readonly version: () => string
}

const memory = memoryOf(process.env)

/**
 * What a linter says of a folder, an empty text if it is content. What is known to have passed is not asked again.
 * @param env What is set for this question besides the linter's own environment.
 */
export function lint(
  linter: Linter,
  args: readonly string[],
  folder: string,
  env: Readonly<Record<string, string>> = {},
  passed: PassedBefore | null = memory,
): string {
  const run = (): string =>
    complaints(linter.command[0], [...linter.command.slice(1), ...args], folder, {
      ...(linter.env ?? process.env),
      ...env,
    })
  if (passed === null) return run()
  const key = digest([
    path.basename(linter.command.at(-1) ?? ''),
    linter.version(),
    JSON.stringify([args, env]),
    contents(folder),
  ])
  if (passed.has(key)) return ''
  const said = run()
  if (said === '') passed.add(key)
  return said
}

/** A value that is found out once, when it is first needed. */
function once(find: () => string): () => string {
  let found: string | undefined
  return () => (found ??= find())
}
const textOf = (...parts: string[]): string => {
  const file = path.join(repository, ...parts)
  return existsSync(file) ? readFileSync(file, 'utf8') : ''
}
const said = (program: string, ...args: string[]): string =>
  spawnSync(program, args, { encoding: 'utf8' }).stdout

const pythonVersion = once(() => said(python ?? 'python3', '-VV'))
const pythonTools = once(() => textOf('.tools', 'python', 'requirements.txt') + pythonVersion())
const goVersion = once(() => said(go ?? 'go', 'version') + goEnvironment.GOFLAGS)
const goTools = once(() => goVersion() + textOf('.tools', 'go', 'staticcheck.txt'))
const nodeTools = once(() => process.version + textOf('package-lock.json'))
/** Tools that follow imports read the declarations of our packages, too. */
const declarations = once(() =>
  ['worker', 'rpc', 'codegen']
    .map(name =>
      contents(path.join(repository, 'packages', name, 'dist'), file => /^[^/]*\.d\.ts$/.test(file)),
    )
    .join(' '),
)
const nodeTool = (name: string, file: string): readonly [string, string] => [
  process.execPath,
  path.join(path.dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), file),
]
const withDeclarations = (): string => nodeTools() + declarations()

export const ruff: Linter = { command: [ruffProgram], version: pythonTools }
export const mypy: Linter = { command: [mypyProgram], version: pythonTools }
export const pyright: Linter = {
  command: [process.execPath, pyrightProgram],
  version: () => nodeTools() + pythonVersion(),
}
export const gofmt: Linter = { command: [gofmtProgram], env: goEnvironment, version: goVersion }
export const vet: Linter = { command: [go ?? 'go', 'vet'], env: goEnvironment, version: goVersion }
export const staticcheck: Linter = { command: [staticcheckProgram], env: goEnvironment, version: goTools }
export const tsc: Linter = { command: nodeTool('typescript', 'bin/tsc'), version: withDeclarations }
export const eslint: Linter = { command: nodeTool('eslint', 'bin/eslint.js'), version: withDeclarations }
export const prettier: Linter = { command: nodeTool('prettier', 'bin/prettier.cjs'), version: nodeTools }
