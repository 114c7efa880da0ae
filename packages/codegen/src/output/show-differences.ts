import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff'
import path from 'node:path'
import type { PlannedFile } from './plan-files.js'

/** How the files on disk differ from what is planned, as a patch that brings them up to date; empty if they do not. */
export function showDifferences(plan: readonly PlannedFile[]): string {
  return plan
    .filter(({ state }) => state !== 'unchanged')
    .map(({ path: file, before, after }) => {
      const shown = file.replaceAll(path.sep, '/')
      return createTwoFilesPatch(
        before === undefined ? '/dev/null' : shown,
        after === undefined ? '/dev/null' : shown,
        before ?? '',
        after ?? '',
        before === undefined ? 'missing' : 'on disk',
        after === undefined ? 'obsolete' : 'generated',
        { headerOptions: FILE_HEADERS_ONLY },
      )
    })
    .join('')
}
