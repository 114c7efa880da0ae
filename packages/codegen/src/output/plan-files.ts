import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { CodegenError, reasonOf } from '../contract/codegen-error.js'
import { isGenerated, isRuntime } from './header.js'
import type { OutputFile } from '../model/target.js'

/** What is to be in a folder. */
export interface Output {
  folder: string
  files: readonly OutputFile[]
}

/** What is to become of a file; one that is obsolete is to be deleted. */
export interface PlannedFile {
  path: string
  state: 'new' | 'changed' | 'unchanged' | 'obsolete'
  /** What is there now. */
  before: string | undefined
  /** What is to be there. */
  after: string | undefined
}

export const countedFiles = (count: number): string => (count === 1 ? '1 file' : `${count} files`)

/**
 * Compares what is to be written with what is there. Throws a CodegenError, before anything is touched, where a file
 * cannot be read, is not ours, or would be written twice.
 */
export function planFiles(outputs: readonly Output[]): PlannedFile[][] {
  const written = new Map<string, string>()
  const isRepeated = outputs.map(({ folder, files }) =>
    files.map(file => {
      const full = path.resolve(folder, file.path)
      const other = written.get(full)
      if (other !== undefined && other !== file.text)
        throw new CodegenError(
          `${path.join(folder, file.path)} would be written twice; give each contract a folder of its own, or another name`,
        )
      written.set(full, file.text)
      return other !== undefined
    }),
  )
  const deleted = new Set<string>()
  return outputs.map(({ folder, files }, i) => [
    ...files.map((file, j) => planFile(path.join(folder, file.path), file.text, isRepeated[i]?.[j] === true)),
    ...obsolete(folder, files, written).filter(
      ({ path: file }) => !deleted.has(path.resolve(file)) && deleted.add(path.resolve(file)),
    ),
  ])
}

/** What two contracts share, as they do a runtime, is written once. */
function planFile(file: string, after: string, isRepeated: boolean): PlannedFile {
  if (isRepeated) return { path: file, state: 'unchanged', before: after, after }
  const before = existing(file)
  if (before === undefined) return { path: file, state: 'new', before, after }
  // A checkout on Windows may have turned the line ends.
  if (before.replaceAll('\r\n', '\n') === after) return { path: file, state: 'unchanged', before, after }
  if (isGenerated(after) && !isGenerated(before) && before.trim() !== '')
    throw new CodegenError(
      `${file} already exists and was not generated; move it, or write to another folder (nothing was written)`,
    )
  return { path: file, state: 'changed', before, after }
}

/**
 * The files of an older release's runtime: they lie where this one's or the contract's lie, or deeper in a folder that is
 * the runtime's alone, end like its files, and say in their first line that they are generated. Whatever else lies there is somebody's
 * own, or another contract's.
 */
function obsolete(
  folder: string,
  files: readonly OutputFile[],
  written: ReadonlyMap<string, string>,
): PlannedFile[] {
  const runtime = files.filter(({ text }) => isRuntime(text))
  const folders = runtime.length === 0 ? [] : [...new Set(files.map(file => path.dirname(file.path)))]
  // Below other folders a contract of its own may lie, with a runtime of its own.
  const isItsAlone = (where: string): boolean =>
    where !== '.' && files.every(({ path: file, text }) => path.dirname(file) !== where || isRuntime(text))
  const endings = new Set(runtime.map(file => path.extname(file.path)))
  // Where a file system takes names of another case for the same, that file was written just now.
  const kept = new Set([...written.keys()].map(name => name.toLowerCase()))
  const found = folders.flatMap(where => filesIn(path.join(folder, where), isItsAlone(where)))
  return [...new Set(found)]
    .filter(file => endings.has(path.extname(file)) && !kept.has(path.resolve(file).toLowerCase()))
    .map((file): PlannedFile => ({ path: file, state: 'obsolete', before: existing(file), after: undefined }))
    .filter(({ before }) => before !== undefined && isRuntime(before))
}

/** The files of a folder, and if wanted those of the folders in it; no link is followed to a folder. */
function filesIn(folder: string, deep: boolean): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true, recursive: deep })
      .filter(entry => entry.isFile())
      .map(entry => path.join(entry.parentPath, entry.name))
      .sort()
  } catch {
    // Not there yet, or no folder: writing says so.
    return []
  }
}

function existing(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOENT') return undefined
    if (code === 'EISDIR') throw new CodegenError(`${file} is a folder; a file must be written there`)
    if (code === 'ENOTDIR')
      throw new CodegenError(`${path.dirname(file)} cannot be a folder: there is a file in its way`)
    throw new CodegenError(`${file} cannot be read: ${reasonOf(error)}`)
  }
}
