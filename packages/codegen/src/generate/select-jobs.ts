import path from 'node:path'
import { CodegenError } from '../contract/codegen-error.js'
import { fileOfContract } from '../contract/contract-address.js'
import { languages, targetOf } from './generate.js'
import { findConfig, loadConfig, type Job } from './load-config.js'
import type { Language } from '../model/target.js'
import type { Output } from '../output/obsolete-files.js'

/** Options of the command line that select what to generate. */
export interface JobFlags {
  lang?: string
  out?: string
  /** Which contract of a module. */
  contract?: string
  config?: string
  /** The import path of Go's output folder. */
  goImport?: string
  /** No module is loaded. */
  onlyJson?: boolean
}

export interface SelectedJobs {
  jobs: Job[]
  /** Which other contracts' files in their folders are left from before; a configuration says all that belongs there. */
  replaces: NonNullable<Output['generated']>['replaces']
}

/** What to generate: as the flags say; what they leave open is taken from the configuration. */
export async function selectJobs(file: string | undefined, flags: JobFlags): Promise<SelectedJobs> {
  const asked = readFlags(flags)
  const isWhole = file !== undefined && asked.languages !== undefined && asked.folderOf !== undefined
  const config = flags.config ?? (isWhole ? undefined : findConfig('.'))
  const named = file === undefined ? undefined : fileOfContract(file)
  const known = config === undefined ? [] : await loadConfig(config, flags)
  const meant = known.filter(
    job =>
      (named === undefined || path.resolve(job.contract) === path.resolve(named)) &&
      (flags.contract === undefined || job.name === undefined || job.name === flags.contract),
  )
  const where = config === undefined ? 'there is no simple-ipc.config.ts' : `${config} does not say`
  if (file === undefined && meant.length === 0)
    throw new CodegenError(noContract(config, known, flags.contract))
  const jobs =
    meant.length > 0
      ? meant
      : [{ contract: file ?? '', name: undefined, out: new Map<Language, string>(), goImport: undefined }]
  const selected = jobs.map(job => {
    const wanted = asked.languages ?? [...job.out.keys()]
    if (wanted.length === 0)
      throw new CodegenError(
        `No language given: pass --lang with one of ${languages.join(', ')}, or several separated by commas (${where})`,
      )
    const folder = (language: Language): [Language, string] => {
      const found = asked.folderOf?.(language) ?? job.out.get(language)
      if (found === undefined)
        throw new CodegenError(
          `No output folder given for ${language}: pass --out <folder>${asked.folderOf === undefined ? '' : `, or ${language}=<folder> in it`} (${where})`,
        )
      return [language, found]
    }
    return {
      contract: job.contract,
      name: flags.contract ?? job.name,
      out: new Map(wanted.map(folder)),
      goImport: flags.goImport ?? job.goImport,
    }
  })
  const isAll = file === undefined && flags.contract === undefined && flags.out === undefined
  return {
    jobs: selected,
    replaces: isAll ? 'all' : (config ?? findConfig('.')) === undefined ? 'renamed' : 'none',
  }
}

function noContract(config: string | undefined, known: readonly Job[], name: string | undefined): string {
  if (config !== undefined)
    return `${config} has no contract called '${name ?? ''}' (available: ${known.map(job => job.name ?? job.contract).join(', ')})`
  return (
    'No contract given: name its file, as in: simple-ipc generate contract.ts --lang python --out generated\n' +
    'or write a simple-ipc.config.ts (none was found in this folder or above it)'
  )
}

interface Asked {
  languages: readonly Language[] | undefined
  /** The folder of a language; undefined if it has none of its own. */
  folderOf: ((language: Language) => string | undefined) | undefined
}

/** `--out` is one folder for all, or `python=py,go=internal/ipc`, which says the languages too. */
function readFlags({ lang, out }: JobFlags): Asked {
  const named = lang === undefined ? undefined : split(lang).map(name => targetOf(name).name)
  if (named?.length === 0)
    throw new CodegenError(`--lang names no language (available: ${languages.join(', ')})`)
  const chosen = named === undefined ? undefined : [...new Set(named)]
  if (out === undefined) return { languages: chosen, folderOf: undefined }
  if (out.trim() === '') throw new CodegenError('--out names no folder')
  if (!out.includes('=')) {
    const isOne = chosen?.length === 1
    return { languages: chosen, folderOf: language => (isOne ? out : path.join(out, language)) }
  }
  const folders = new Map(split(out).map(readFolder))
  return { languages: chosen ?? [...folders.keys()], folderOf: language => folders.get(language) }
}

function readFolder(text: string): [Language, string] {
  const [language = '', ...rest] = text.split('=')
  const folder = rest.join('=').trim()
  const { name } = targetOf(language.trim())
  if (folder === '') throw new CodegenError(`--out names no folder for ${name}; write ${name}=<folder>`)
  return [name, folder]
}

const split = (text: string): string[] =>
  text
    .split(',')
    .map(part => part.trim())
    .filter(part => part !== '')
