import { readFileSync } from 'node:fs'
import path from 'node:path'
import { CodegenError, reasonOf } from '../contract/codegen-error.js'
import { isGenerated } from './header.js'
import { obsoleteFiles, type Output } from './obsolete-files.js'

/** What is to become of a file; one that is obsolete is to be deleted. */
export interface PlannedFile {
  path: string
  state: 'new' | 'changed' | 'unchanged' | 'obsolete'
  /** What is there now. */
  before: string | undefined
  /** What is to be there. */
  after: string | undefined
  /** Of an obsolete file of a contract that is generated no more: the contract's name. */
  contract?: string | undefined
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
  return outputs.map((output, i) => [
    ...output.files.map((file, j) =>
      planFile(path.join(output.folder, file.path), file.text, isRepeated[i]?.[j] === true),
    ),
    ...obsoleteFiles(output, written.keys(), existing)
      .filter(({ path: file }) => !deleted.has(path.resolve(file)) && deleted.add(path.resolve(file)))
      .map(({ path: file, text, contract }): PlannedFile => ({
        path: file,
        state: 'obsolete',
        before: text,
        after: undefined,
        contract,
      })),
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
