import { readFileSync } from 'node:fs'
import { CodegenError, reasonOf } from '../../contract/codegen-error.js'
import { bundleFiles } from './bundle-files.js'
import { parseDocument } from './parse-document.js'

/** What is imported: a file, `-` for the standard input, and as errors show it. */
export const shown = (file: string): string => (file === '-' ? 'The standard input' : file)

/** A document with all files that it refers to. */
export function readSource(file: string, progress: (text: string) => void): unknown {
  const document = parseDocument(textOf(file), shown(file))
  return file === '-' ? document : bundleFiles(document, file, found => progress(`with ${found}`))
}

export function textOf(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8')
  } catch (error) {
    throw new CodegenError(`${shown(file)} cannot be read: ${reasonOf(error)}`)
  }
}
