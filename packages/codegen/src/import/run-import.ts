import { readFileSync } from 'node:fs'
import path from 'node:path'
import { CodegenError } from '../codegen-error.js'
import { planFiles } from '../plan-files.js'
import { showDifferences } from '../show-differences.js'
import { writeFiles } from '../write-files.js'
import { readExceptions, type Exception } from './exceptions.js'
import { importLsp } from './import-lsp.js'
import type { Imported } from './imported.js'
import { metaModelFault, type LspMetaModel } from './lsp-meta-model.js'
import { settle } from './settle.js'
import { writeContract } from './write-contract.js'

export interface ImportFlags {
  out: string
  exceptions?: string
  check?: boolean
  quiet?: boolean
}

export function runImportLsp(file: string, flags: ImportFlags): void {
  finish(file, flags, document => {
    const fault = metaModelFault(document)
    if (fault !== undefined) throw new CodegenError(`${shown(file)} ${fault}`)
    const model = document as LspMetaModel
    return {
      imported: importLsp(model),
      from: `The Language Server Protocol ${model.metaData.version}, from its meta model by simple-ipc import lsp`,
    }
  })
}

type Read = (document: unknown, exceptions: readonly Exception[]) => { imported: Imported; from: string }

/** Everything is read and checked before anything is written. */
function finish(file: string, flags: ImportFlags, read: Read): void {
  const document = parsed(file)
  const exceptions =
    flags.exceptions === undefined ? [] : readExceptions(textOf(flags.exceptions), flags.exceptions)
  const { imported, from } = read(document, exceptions)
  const { contract } = settle(imported, exceptions, shown(file))
  const text = writeContract(contract, from)
  if (flags.out === '-') {
    process.stdout.write(text)
    return
  }
  const files = [{ path: path.basename(flags.out), text }]
  const folder = path.dirname(flags.out)
  if (flags.check === true) {
    const found = showDifferences(planFiles([{ folder, files }]).flat())
    process.stdout.write(found)
    if (found !== '') {
      process.stderr.write(
        `${flags.out} is not up to date with ${file}; run the same command without --check\n`,
      )
      process.exitCode = 1
    }
    if (found === '' && flags.quiet !== true) process.stdout.write(`${flags.out} is up to date.\n`)
    return
  }
  const [written] = writeFiles(folder, files)
  if (flags.quiet === true) return
  const { types, child, host } = contract
  const count = (part: 'methods' | 'notifications'): number =>
    Object.keys(child[part]).length + Object.keys(host[part]).length
  process.stdout.write(
    `${path.normalize(flags.out)}: ${count('methods')} methods, ${count('notifications')} notifications, ${Object.keys(types).length} types (${written?.state ?? ''})\n`,
  )
  for (const { path: at, message } of [...imported.notes, ...exceptions.map(replacedNote)])
    process.stdout.write(`  ${at}: ${message}\n`)
}

const replacedNote = ({ path: at, instead, reason }: Exception): { path: string; message: string } => ({
  path: at,
  message: `${instead === 'nothing' ? 'left out' : instead === 'joined' ? 'joined' : 'replaced'}: ${reason}`,
})

const shown = (file: string): string => (file === '-' ? 'The standard input' : file)

function parsed(file: string): unknown {
  const text = textOf(file)
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new CodegenError(
      `${shown(file)} is not JSON: ${why}; a document in YAML must be turned into JSON first`,
    )
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8')
  } catch (error) {
    throw new CodegenError(
      `${shown(file)} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
}
