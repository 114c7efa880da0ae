import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { discover, serializeContract, type Contract, type OpenRpcDocument } from '@simple-ipc/rpc'
import type { ContractJson } from '../../src/contract/contract-json.js'
import { generate } from '../../src/generate/generate.js'
import { writeFiles } from '../../src/output/write-files.js'
import { inTests } from './paths.js'
import { complaints, go, goEnvironment, python } from './toolchains.js'
import { makeProject, translate } from './translate.js'

/** A language that takes part in the tables of programs: adding one is an entry in the list below. */
export interface Language {
  name: string
  title: string
  /** Its toolchain is here. */
  available: boolean
  /** Generates the code of the table's contract into a folder that is empty, and copies or builds the programs. */
  prepare(folder: string, json: ContractJson, openrpc: OpenRpcDocument): void
  /** The command of the child program. */
  child(folder: string): string[]
  /** The command of the host program, to which the child's is added; undefined where there is none. */
  host?: (folder: string) => string[]
  /** How a failed handler is named whose own text is 'crashed on purpose'. */
  crash: string
  /** Another way to be a host in a language that stands here already: its child is played by that one. */
  hostOnly?: true
  /** The child owns stdout below its own language too: what a subprocess or a C library prints goes to stderr. */
  ownsDescriptors: boolean
  /** Its child answers batches, as the JSON-RPC specification has them. */
  answersBatches: boolean
}

/** A table is played by programs that are called after it: its child, and its hosts. */
export type Table = 'conversation' | 'transfer'

const pythonWith = (table: Table, name: string, title: string, host: string): Language => ({
  name,
  title,
  available: python !== undefined,
  prepare: (folder, json, openrpc) => {
    writeFiles(path.join(folder, 'generated'), generate(json, 'python', openrpc))
    for (const file of readdirSync(inTests('python')))
      if (file.startsWith(`${table}_`)) copy('python', file, folder)
  },
  child: folder => [python ?? 'python3', path.join(folder, `${table}_child.py`)],
  host: folder => [python ?? 'python3', path.join(folder, host)],
  crash: 'ValueError: crashed on purpose',
  ownsDescriptors: true,
  answersBatches: false,
})

/** @param flags those of `go build` */
export const goWith = (table: Table, flags: readonly string[]): Language => ({
  name: 'go',
  title: 'Go',
  available: go !== undefined,
  prepare: (folder, json, openrpc) => {
    writeFiles(folder, generate(json, 'go', openrpc, { importPath: 'generated' }))
    writeFileSync(path.join(folder, 'go.mod'), 'module generated\n\ngo 1.22\n')
    for (const program of [`${table}_child`, `${table}_host`]) {
      cpSync(inTests('go', program), path.join(folder, program), { recursive: true })
      const args = ['build', ...flags, '-o', executable(folder, program), `./${program}`]
      const failure = complaints(go ?? 'go', args, folder, goEnvironment)
      if (failure !== '') throw new Error(failure)
    }
  },
  child: folder => [executable(folder, `${table}_child`)],
  host: folder => [executable(folder, `${table}_host`)],
  crash: 'panic: crashed on purpose',
  ownsDescriptors: true,
  answersBatches: false,
})

export const languagesOf = (table: Table): readonly Language[] => [
  {
    name: 'typescript',
    title: 'TypeScript',
    available: true,
    prepare: (folder, json) => {
      makeProject(folder)
      const generated = path.join(folder, 'golden', table, 'typescript')
      const files = generate(json, 'typescript')
      writeFiles(generated, files)
      for (const { path: file } of files) translate(path.join(generated, file))
      for (const program of [`${table}-child.ts`, `${table}-host.ts`]) {
        copy('typescript', program, path.join(folder, 'typescript'))
        translate(path.join(folder, 'typescript', program))
      }
    },
    child: folder => [process.execPath, path.join(folder, 'typescript', `${table}-child.js`)],
    host: folder => [process.execPath, path.join(folder, 'typescript', `${table}-host.js`)],
    crash: 'RangeError: crashed on purpose',
    ownsDescriptors: false,
    answersBatches: true,
  },
  pythonWith(table, 'python', 'Python', `${table}_host.py`),
  {
    ...pythonWith(table, 'python-asyncio', 'Python (asyncio)', `${table}_async_host.py`),
    hostOnly: true,
  },
  goWith(table, []),
]

/** The folders of the languages that are here, prepared; each below `folder`. */
export function prepareLanguages(
  languages: readonly Language[],
  folder: string,
  contract: Contract,
): (language: Language) => string {
  const folderOf = (language: Language): string => path.join(folder, language.name)
  for (const language of languages.filter(({ available }) => available)) {
    mkdirSync(folderOf(language))
    language.prepare(folderOf(language), serializeContract(contract), discover(contract))
  }
  return folderOf
}

const copy = (language: string, file: string, folder: string): void =>
  cpSync(inTests(language, file), path.join(folder, file))

/** Where a program is built to. */
const executable = (folder: string, program: string): string =>
  path.join(folder, program, process.platform === 'win32' ? 'program.exe' : 'program')
