import { existsSync, statSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { createJiti } from 'jiti'
import { discover, serializeContract, type Contract, type OpenRpcDocument } from '@simple-ipc/rpc'
import { CodegenError } from './codegen-error.js'
import type { ContractJson } from './contract-json.js'

export interface LoadedContract {
  json: ContractJson
  openrpc: OpenRpcDocument
}

/**
 * Loads a module (TypeScript or JavaScript, no build needed) and finds the contract that it exports. `name` chooses
 * among several: the name of the export or of the contract.
 */
export async function loadContract(file: string, name?: string): Promise<LoadedContract> {
  const full = path.resolve(file)
  const exported = await load(full, file)
  const found = Object.entries(exported).filter((entry): entry is [string, Contract] => isContract(entry[1]))
  // One contract may be exported twice, by name and by default.
  const distinct = found.filter(([, contract], i) => found.findIndex(([, other]) => other === contract) === i)
  const chosen =
    name === undefined
      ? distinct
      : distinct.filter(([key, contract]) => key === name || contract.name === name)
  const [first, ...more] = chosen
  if (first === undefined) throw new CodegenError(nothingFound(file, name, distinct))
  if (more.length > 0)
    throw new CodegenError(
      `${file} exports several contracts (${listed(chosen)}); choose one with --contract <name>`,
    )
  return { json: serializeContract(first[1]), openrpc: discover(first[1]) }
}

async function load(full: string, shown: string): Promise<Record<string, unknown>> {
  if (!existsSync(full)) throw new CodegenError(`There is no file ${shown} (looked for ${full})`)
  if (statSync(full).isDirectory())
    throw new CodegenError(`${shown} is a folder; name the file that exports the contract`)
  const jiti = createJiti(pathToFileURL(full).href, {
    interopDefault: false,
    moduleCache: false,
    fsCache: false,
  })
  try {
    return await jiti.import<Record<string, unknown>>(full)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    const hint = why.includes("'@simple-ipc/rpc'")
      ? '\nInstall it beside the contract: npm install @simple-ipc/rpc'
      : ''
    throw new CodegenError(`${shown} cannot be loaded: ${why}${hint}`)
  }
}

/** By its looks: it may have been made by another copy of the package. */
const isContract = (value: unknown): value is Contract =>
  typeof value === 'object' &&
  value !== null &&
  ['name', 'version', 'hash', 'spec'].every(key => key in value) &&
  typeof (value as Contract).spec === 'object'

const listed = (found: readonly (readonly [string, Contract])[]): string =>
  found.map(([key, contract]) => (key === contract.name ? key : `${key}: ‘${contract.name}’`)).join(', ')

function nothingFound(file: string, name: string | undefined, all: readonly [string, Contract][]): string {
  if (all.length === 0)
    return `${file} exports no contract; it should have a line such as: export const contract = defineContract({ … })`
  return `${file} exports no contract called ‘${name ?? ''}’; there is ${listed(all)}`
}
