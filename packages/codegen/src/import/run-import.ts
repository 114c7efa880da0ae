import { readFileSync } from 'node:fs'
import path from 'node:path'
import { CodegenError, reasonOf, type Refusal } from '../contract/codegen-error.js'
import { planFiles } from '../output/plan-files.js'
import { showDifferences } from '../output/show-differences.js'
import { writeFiles } from '../output/write-files.js'
import { readExceptions, type Exception } from './base/exceptions.js'
import { importJsonSchema } from './json-schema/import-json-schema.js'
import { importLsp } from './lsp/import-lsp.js'
import { importOpenRpc } from './openrpc/import-openrpc.js'
import type { ImportResult } from './base/import-result.js'
import { metaModelFault, type LspMetaModel } from './lsp/lsp-meta-model.js'
import { resolveExceptions } from './resolve-exceptions.js'
import { writeContract } from './write/write-contract.js'

export interface ImportFlags {
  out: string
  exceptions?: string
  check?: boolean
  quiet?: boolean
}
export interface OpenRpcFlags extends ImportFlags {
  params?: 'by-name' | 'by-position'
  foreign?: true | 'lsp' | 'mcp' | 'none'
}
export interface JsonSchemaFlags extends ImportFlags {
  name?: string
}

/** Each returns false if `--check` finds the file out of date. */
export function runImportLsp(file: string, flags: ImportFlags): boolean {
  return finish(file, flags, document => {
    const fault = metaModelFault(document)
    if (fault !== undefined) throw new CodegenError(`${shown(file)} ${fault}`)
    const model = document as LspMetaModel
    return {
      imported: importLsp(model),
      from: `the meta model of the Language Server Protocol ${model.metaData.version}`,
    }
  })
}

export function runImportOpenRpc(file: string, flags: OpenRpcFlags): boolean {
  const { params = 'by-name', foreign } = flags
  return finish(file, flags, (document, exceptions) => {
    const imported = importOpenRpc(document, {
      exceptions,
      params,
      ...(foreign === undefined ? {} : { foreign: { cancel: foreign === true ? 'none' : foreign } }),
    })
    return { imported, from: `the OpenRPC document ${imported.contract.name} ${imported.contract.version}` }
  })
}

export function runImportJsonSchema(file: string, flags: JsonSchemaFlags): boolean {
  const name = flags.name ?? (file === '-' ? 'types' : path.basename(file).replace(/(\.schema)?\.json$/i, ''))
  return finish(file, flags, (document, exceptions) => ({
    imported: importJsonSchema(document, { name, exceptions }),
    from: `the JSON Schema definitions ${name}`,
  }))
}

type Read = (document: unknown, exceptions: readonly Exception[]) => { imported: ImportResult; from: string }

/** Everything is read and checked before anything is written. */
function finish(file: string, flags: ImportFlags, read: Read): boolean {
  const document = parsed(file)
  const exceptions =
    flags.exceptions === undefined ? [] : readExceptions(textOf(flags.exceptions), flags.exceptions)
  const { imported, contract, text } = notTooDeep(file, () => {
    const { imported, from } = read(document, exceptions)
    const { contract } = resolveExceptions(imported, exceptions, shown(file))
    return { imported, contract, text: writeContract(contract, from) }
  })
  if (flags.out === '-') {
    process.stdout.write(text)
    return true
  }
  const files = [{ path: path.basename(flags.out), text }]
  const folder = path.dirname(flags.out)
  if (flags.check === true) {
    const found = showDifferences(planFiles([{ folder, files }]).flat())
    process.stdout.write(found)
    if (found !== '')
      process.stderr.write(
        `${flags.out} is not up to date with ${file}; run the same command without --check\n`,
      )
    else if (flags.quiet !== true) process.stdout.write(`${flags.out} is up to date.\n`)
    return found === ''
  }
  const [written] = writeFiles(folder, files)
  if (flags.quiet === true) return true
  const { types, child, host } = contract
  const count = (part: 'methods' | 'notifications'): number =>
    Object.keys(child[part]).length + Object.keys(host[part]).length
  process.stdout.write(
    `${path.normalize(flags.out)}: ${count('methods')} methods, ${count('notifications')} notifications, ${Object.keys(types).length} types (${written?.state ?? ''})\n`,
  )
  for (const { path: at, message } of [...together(imported.notes), ...exceptions.map(replacedNote)])
    process.stdout.write(`  ${at}: ${message}\n`)
  return true
}

/** A document may be nested, or refer from type to type, more deeply than there is stack for. */
function notTooDeep<T>(file: string, act: () => T): T {
  try {
    return act()
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new CodegenError(`${shown(file)} is nested too deeply to be read (${error.message})`)
  }
}

/** One line for the same thing said of many places. */
function together(notes: readonly Refusal[]): Refusal[] {
  const found = new Map<string, Refusal[]>()
  for (const note of notes) {
    const key = `${note.path.slice(note.path.lastIndexOf('/'))} ${note.message}`
    found.set(key, [...(found.get(key) ?? []), note])
  }
  return [...found.values()].flatMap(([first, ...more]) =>
    first === undefined
      ? []
      : [{ ...first, path: more.length === 0 ? first.path : `${first.path} and ${more.length} more` }],
  )
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
    const why = reasonOf(error)
    throw new CodegenError(
      `${shown(file)} is not valid JSON: ${why}; a document in YAML must be turned into JSON first`,
    )
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8')
  } catch (error) {
    throw new CodegenError(`${shown(file)} cannot be read: ${reasonOf(error)}`)
  }
}
