import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { createTwoFilesPatch } from 'diff'
import { CodegenError } from './codegen-error.js'
import type { OutputFile } from './target.js'

/** What became of a file. */
export interface Written {
  path: string
  state: 'new' | 'changed' | 'unchanged'
}

/** How the files on disk differ from those that would be written; an empty text if they do not. */
export function differences(folder: string, files: readonly OutputFile[]): string {
  return files
    .map(file => ({ file, found: existing(path.join(folder, file.path)) }))
    .filter(({ file, found }) => found !== file.text)
    .map(({ file, found }) => {
      const shown = path.join(folder, file.path)
      return createTwoFilesPatch(
        shown,
        shown,
        found ?? '',
        file.text,
        found === undefined ? 'missing' : 'on disk',
        'generated',
      )
    })
    .join('')
}

/**
 * Writes all files or none: each is first written whole beside its place, then all are moved into place. A file that
 * would not change is left alone.
 */
export function writeFiles(folder: string, files: readonly OutputFile[]): Written[] {
  const written = files.map((file): Written & { text: string; temporary: string } => {
    const target = path.join(folder, file.path)
    const found = existing(target)
    const state = found === undefined ? 'new' : found === file.text ? 'unchanged' : 'changed'
    return { path: target, state, text: file.text, temporary: `${target}.${process.pid}.tmp` }
  })
  const touched = written.filter(({ state }) => state !== 'unchanged')
  try {
    for (const file of touched) {
      mkdirSync(path.dirname(file.path), { recursive: true })
      writeFileSync(file.temporary, file.text)
    }
    for (const file of touched) renameSync(file.temporary, file.path)
  } catch (error) {
    for (const file of touched) rmSync(file.temporary, { force: true })
    throw new CodegenError(
      `Nothing was written to ${folder}: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
  return written.map(({ path, state }) => ({ path, state }))
}

function existing(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw new CodegenError(
      `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
}
