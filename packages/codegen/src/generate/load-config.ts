import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { CodegenError, reasonOf } from '../contract/codegen-error.js'
import { fileOfContract } from '../contract/contract-address.js'
import { targetOf } from './generate.js'
import { loadModule, refuseModule, requireFile, type LoadOptions } from '../contract/load-module.js'
import type { Language } from '../model/target.js'

/** What is to be generated from one contract. Paths are seen from the working folder. */
export interface Job {
  contract: string
  /** Which one, if the module exports several. */
  name: string | undefined
  out: ReadonlyMap<Language, string>
  /** The import path of Go's folder, where it is given. */
  goImport: string | undefined
}

const endings = ['ts', 'mts', 'js', 'mjs', 'json']
const example = `export default defineConfig({ contract: 'contract.ts', out: { python: 'generated' } })`

/** The nearest `simple-ipc.config.*`, from `folder` upwards; undefined if there is none. */
export function findConfig(folder: string): string | undefined {
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    const found = endings.map(ending => path.join(at, `simple-ipc.config.${ending}`)).filter(existsSync)
    const [first, second] = found
    if (second !== undefined)
      throw new CodegenError(`There are two configuration files, ${found.join(' and ')}; remove one of them`)
    if (first !== undefined) return path.relative('', first)
    if (path.dirname(at) === at) return undefined
  }
}

/** Reads a configuration. Throws a CodegenError that names the file, the member and the fix. */
export async function loadConfig(file: string, options: LoadOptions = {}): Promise<Job[]> {
  const isModule = !file.endsWith('.json')
  if (isModule) refuseModule(file, options)
  const value = isModule ? (await loadModule(file, 'that holds the configuration'))['default'] : json(file)
  if (value === undefined)
    throw new CodegenError(`${file} has no default export; add a line such as: ${example}`)
  const isList = Array.isArray(value)
  const list: unknown[] = isList ? value : [value]
  if (list.length === 0) throw new CodegenError(`${file} is an empty list: name at least one contract`)
  return list.map((each, i) => readEntry(each, file, isList ? `[${i}]` : ''))
}

function json(file: string): unknown {
  try {
    return JSON.parse(readFileSync(requireFile(file, 'that holds the configuration'), 'utf8'))
  } catch (error) {
    if (error instanceof CodegenError) throw error
    throw new CodegenError(`${file} is not valid JSON: ${reasonOf(error)}`)
  }
}

function readEntry(value: unknown, file: string, at: string): Job {
  const here = (name: string): string => (at === '' ? name : `${at}.${name}`)
  const refuse = (name: string, why: string): never => {
    throw new CodegenError(`${file}: ${here(name)} ${why}`)
  }
  if (!isRecord(value))
    throw new CodegenError(`${file}: ${at || 'the default export'} must be an object: ${example}`)
  for (const key of Object.keys(value))
    if (!['$schema', 'contract', 'name', 'out', 'goImport'].includes(key))
      refuse(key, 'is unknown; expected contract, name, out or goImport')
  const { contract, name, out, goImport } = value
  if (typeof contract !== 'string' || contract === '')
    return refuse('contract', 'must be the path of a file or the name of a package')
  if (name !== undefined && typeof name !== 'string') return refuse('name', 'must be a string')
  if (goImport !== undefined && typeof goImport !== 'string') return refuse('goImport', 'must be a string')
  if (!isRecord(out) || Object.keys(out).length === 0)
    return refuse('out', "must name a folder for each language: { python: 'generated' }")
  const beside = (file_: string): string => path.relative('', path.resolve(path.dirname(file), file_)) || '.'
  return {
    contract: fileOfContract(contract, path.dirname(file)),
    name,
    goImport,
    out: new Map(
      Object.entries(out).map(([language, folder]) => {
        if (typeof folder !== 'string' || folder === '')
          return refuse(`out.${language}`, 'must be the path of a folder')
        return [languageOf(language, `${file}: ${here('out')}: `), beside(folder)]
      }),
    ),
  }
}

function languageOf(name: string, where: string): Language {
  try {
    return targetOf(name).name
  } catch (error) {
    throw new CodegenError(where + reasonOf(error))
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
