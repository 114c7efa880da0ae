import { readdirSync } from 'node:fs'
import path from 'node:path'
import type { OutputFile } from '../model/target.js'
import { isRuntime, originOf } from './header.js'

/** What is to be in a folder. */
export interface Output {
  folder: string
  files: readonly OutputFile[]
  /** Of contracts: which of the files are the contract's own. */
  generated?: {
    /** The contract's hash. */
    hash: string
    /**
     * Which other contracts' files are left from before: all, because the run generates whatever belongs into the folder;
     * those with the same members and another name, because nothing says that there is more than one contract; or none.
     */
    replaces: 'all' | 'renamed' | 'none'
    /** Where the language's files of a contract lie, by its name. */
    contractFiles(name: string): string[]
  }
}

/** A file that is there and is not generated any more. */
export interface ObsoleteFile {
  path: string
  text: string
  /** The contract that it was generated from; undefined for a part of a runtime. */
  contract: string | undefined
}

/**
 * The files in an output's folder that we generated once and do not generate any more. `written` are the files of the
 * run, whole paths. Whatever else lies there is somebody's own, or another contract's.
 */
export function obsoleteFiles(
  output: Output,
  written: Iterable<string>,
  textOf: (file: string) => string | undefined,
): ObsoleteFile[] {
  // Where a file system takes names of another case for the same, that file was written just now.
  const kept = new Set([...written].map(name => name.toLowerCase()))
  const there = (files: readonly string[]): { path: string; text: string }[] =>
    [...new Set(files)]
      .filter(file => !kept.has(path.resolve(file).toLowerCase()))
      .map(file => ({ path: file, text: textOf(file) ?? '' }))
  return [
    ...there(runtimeCandidates(output))
      .filter(({ text }) => isRuntime(text))
      .map(file => ({ ...file, contract: undefined })),
    ...there(contractCandidates(output)).flatMap(file => {
      const contract = abandoned(output, file)
      return contract === undefined ? [] : [{ ...file, contract }]
    }),
  ]
}

/**
 * The runtime of an older release: it lies where this one's or the contract's lie, or deeper in a folder that is the
 * runtime's alone, and its files end like this one's.
 */
function runtimeCandidates({ folder, files }: Output): string[] {
  const runtime = files.filter(({ text }) => isRuntime(text))
  const folders = runtime.length === 0 ? [] : [...new Set(files.map(file => path.dirname(file.path)))]
  // Below other folders a contract of its own may lie, with a runtime of its own.
  const isItsAlone = (where: string): boolean =>
    where !== '.' && files.every(({ path: file, text }) => path.dirname(file) !== where || isRuntime(text))
  const endings = new Set(runtime.map(file => path.extname(file.path)))
  return folders
    .flatMap(where => filesIn(path.join(folder, where), isItsAlone(where) ? Infinity : 0))
    .filter(file => endings.has(path.extname(file)))
}

/** Files that end like the contract's and lie as deep. */
function contractCandidates({ folder, generated }: Output): string[] {
  const [like] = generated?.contractFiles('x') ?? []
  if (like === undefined) return []
  const depth = like.split('/').length
  return filesIn(folder, depth - 1).filter(
    file =>
      path.relative(folder, file).split(path.sep).length === depth &&
      path.extname(file) === path.extname(like),
  )
}

/** The contract of a file that is where that contract's files are generated, if it is generated no more. */
function abandoned({ folder, generated }: Output, file: { path: string; text: string }): string | undefined {
  const origin = originOf(file.text)
  if (generated === undefined || origin === undefined) return undefined
  const own = path.relative(folder, file.path).replaceAll(path.sep, '/')
  if (!generated.contractFiles(origin.name).includes(own)) return undefined
  const isReplaced = { all: true, renamed: origin.hash === generated.hash, none: false }[generated.replaces]
  return isReplaced ? origin.name : undefined
}

/** The files of a folder, and of those in it as deep as wanted; no link is followed to a folder. */
function filesIn(folder: string, deeper: number): string[] {
  try {
    // Node's `recursive` follows links since Node 22.
    return readdirSync(folder, { withFileTypes: true })
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .flatMap(entry => {
        const file = path.join(folder, entry.name)
        if (entry.isDirectory()) return deeper > 0 ? filesIn(file, deeper - 1) : []
        return entry.isFile() ? [file] : []
      })
  } catch {
    // Not there yet, or no folder: writing says so.
    return []
  }
}
