import { existsSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { CodegenError, reasonOf, type Refusal } from '../contract/codegen-error.js'
import { planFiles } from '../output/plan-files.js'
import { showDifferences } from '../output/show-differences.js'
import { writeFiles } from '../output/write-files.js'
import { Exceptions, forRevision, readExceptions, type Exception } from './base/exceptions.js'
import type { ImportResult } from './base/import-result.js'
import { together } from './base/together.js'
import { resolveExceptions } from './resolve-exceptions.js'
import { textOf } from './source/read-source.js'
import { suggestExceptions } from './suggest-exceptions.js'
import { writeContract } from './write/write-contract.js'

export interface ImportFlags {
  out?: string
  exceptions?: string
  suggest?: string
  revision?: string
  check?: boolean
  quiet?: boolean
}

/** A document and how it is read. */
export interface Source {
  /** As errors name it. */
  shown: string
  /** As the first line of what is written names it. */
  from: string
  /** What the document says of its own age, if it does. */
  revision?: string | undefined
  read(exceptions: Exceptions): ImportResult
}

/** Everything is read and checked before anything is written; false if `--check` finds the file out of date. */
export function runImport(source: Source, flags: ImportFlags): boolean {
  const { out, suggest } = flags
  if (out === undefined && suggest === undefined)
    throw new CodegenError('Nothing would be written: use --out <file>, or --suggest <file>')
  const all = [flags.exceptions, suggest === undefined || !existsSync(suggest) ? undefined : suggest]
    .filter(file => file !== undefined)
    .flatMap(file => readExceptions(textOf(file), file))
  const list = forRevision(all, flags.revision ?? source.revision)
  const exceptions = suggest === undefined ? list : suggested(source, list, all, suggest, flags)
  return out === undefined || writeOut(source, exceptions, out, flags)
}

/** Writes the exceptions that the document needs; those for other revisions stay. */
function suggested(
  source: Source,
  list: readonly Exception[],
  all: readonly Exception[],
  file: string,
  { quiet }: ImportFlags,
): Exception[] {
  const found = notTooDeep(source, () =>
    suggestExceptions(exceptions => source.read(exceptions), list, source.shown),
  )
  const kept = all.filter(each => !list.includes(each))
  const text = `${JSON.stringify([...kept, ...found], undefined, 2)}\n`
  try {
    writeFileSync(file, text)
  } catch (error) {
    throw new CodegenError(`${file} cannot be written: ${reasonOf(error)}`)
  }
  if (quiet !== true)
    process.stdout.write(
      `${path.normalize(file)}: ${found.length} exceptions, of which ${found.length - list.length} are new; read them, and choose\n`,
    )
  return found
}

function writeOut(source: Source, list: readonly Exception[], out: string, flags: ImportFlags): boolean {
  const exceptions = new Exceptions(list)
  const { notes, contract, text } = notTooDeep(source, () => {
    const imported = source.read(exceptions)
    const { contract, notes } = resolveExceptions(imported, exceptions, source.shown)
    return { notes: [...imported.notes, ...notes], contract, text: writeContract(contract, source.from) }
  })
  if (out === '-') {
    process.stdout.write(text)
    return true
  }
  const files = [{ path: path.basename(out), text }]
  const folder = path.dirname(out)
  if (flags.check === true) {
    const found = showDifferences(planFiles([{ folder, files }]).flat())
    process.stdout.write(found)
    if (found !== '')
      process.stderr.write(
        `${out} is not up to date with ${source.shown}; run the same command without --check\n`,
      )
    else if (flags.quiet !== true) process.stdout.write(`${out} is up to date.\n`)
    return found === ''
  }
  const [written] = writeFiles(folder, files)
  if (flags.quiet === true) return true
  const { types, child, host } = contract
  const count = (part: 'methods' | 'notifications'): number =>
    Object.keys(child[part]).length + Object.keys(host[part]).length
  process.stdout.write(
    `${path.normalize(out)}: ${count('methods')} methods, ${count('notifications')} notifications, ${Object.keys(types).length} types (${written?.state ?? ''})\n`,
  )
  const replaced = list.filter(each => exceptions.used.has(each)).map(replacedNote)
  for (const { path: at, message } of [...together(notes), ...replaced])
    process.stdout.write(`  ${at}: ${message}\n`)
  return true
}

/** A document may be nested, or refer from type to type, more deeply than there is stack for. */
function notTooDeep<T>({ shown }: Source, act: () => T): T {
  try {
    return act()
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new CodegenError(`${shown} is nested too deeply to be read (${error.message})`)
  }
}

const replacedNote = ({ path: at, instead, reason }: Exception): Refusal => ({
  path: at,
  message: `${instead === 'nothing' ? 'left out' : instead === 'joined' ? 'joined' : 'replaced'}: ${reason}`,
})
