import { readFileSync } from 'node:fs'
import path from 'node:path'
import {
  ContractError,
  defineContract,
  discover,
  fromOpenRpc,
  serializeContract,
  type Contract,
  type OpenRpcDocument,
} from '@simple-ipc/rpc'
import { CodegenError, reasonOf } from './codegen-error.js'
import { fileOfContract } from './contract-address.js'
import type { ContractJson } from './contract-json.js'
import { contractSpec } from './to-contract-spec.js'
import {
  loadModule,
  loadText,
  refuseModule,
  requireFile,
  type Exports,
  type LoadOptions,
} from './load-module.js'

export interface LoadedContract {
  contract: Contract
  json: ContractJson
  openrpc: OpenRpcDocument
  /** The name under which a module exports it; undefined for JSON. */
  exportName: string | undefined
}

/**
 * A contract by its address, which is a file or the name of a package that exports it: a module that exports one (TypeScript or JavaScript, no build needed), or JSON, which is
 * either a serialised contract or an OpenRPC document that was made of one. `-` is the standard input: JSON, or a
 * module's text. `name` chooses among several in a module: the name of the export or of the contract.
 */
export async function loadContract(
  address: string,
  name?: string,
  options: LoadOptions = {},
): Promise<LoadedContract> {
  if (address === '-') return loadStandardInput(name, options)
  const file = fileOfContract(address)
  const isModule = path.extname(file).toLowerCase() !== '.json'
  if (isModule) {
    refuseModule(file, options)
    return choose(file, await loadModule(file, 'that holds the contract'), name)
  }
  return fromJson(file, readFileSync(requireFile(file, 'that holds the contract'), 'utf8'))
}

async function loadStandardInput(name: string | undefined, options: LoadOptions): Promise<LoadedContract> {
  const shown = 'The standard input'
  const text = readFileSync(0, 'utf8')
  if (text.trim() === '')
    throw new CodegenError(`${shown} is empty; a contract is read from it where the file is -`)
  if (text.trimStart().startsWith('{')) return fromJson(shown, text)
  refuseModule(shown, options)
  return choose(shown, await loadText(text, 'contract.ts', shown), name)
}

// ---- modules -------------------------------------------------------------------------------------------------------

function choose(file: string, exported: Exports, name: string | undefined): LoadedContract {
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
  return loaded(file, first[1], first[0])
}

function loaded(file: string, contract: Contract, exportName?: string): LoadedContract {
  try {
    return { contract, json: serializeContract(contract), openrpc: discover(contract), exportName }
  } catch (error) {
    throw new CodegenError(`The contract of ${file} cannot be read: ${reasonOf(error)}`)
  }
}

/** By its looks: it may have been made by another copy of the package. */
const isContract = (value: unknown): value is Contract =>
  typeof value === 'object' &&
  value !== null &&
  ['name', 'version', 'hash', 'spec'].every(key => key in value) &&
  typeof (value as Contract).spec === 'object'

const listed = (found: readonly (readonly [string, Contract])[]): string =>
  found.map(([key, contract]) => (key === contract.name ? key : `${key}: '${contract.name}'`)).join(', ')

function nothingFound(file: string, name: string | undefined, all: readonly [string, Contract][]): string {
  if (all.length === 0)
    return `${file} exports no contract; add a line such as: export const contract = defineContract({ … })`
  return `${file} exports no contract called '${name ?? ''}' (available: ${listed(all)})`
}

// ---- JSON ----------------------------------------------------------------------------------------------------------

const eitherForm = 'what serializeContract returned, or a document that `simple-ipc openrpc` wrote'

function fromJson(file: string, text: string): LoadedContract {
  const value = parse(file, text)
  const isOpenRpc = 'openrpc' in value
  if (isOpenRpc && !('x-contract-hash' in value && 'x-host' in value))
    throw new CodegenError(
      `${file} is an OpenRPC document that was not generated from a contract; import it first: simple-ipc import openrpc ${file}`,
    )
  if (!isOpenRpc && !['name', 'version', 'hash', 'types', 'child', 'host'].every(key => key in value))
    throw new CodegenError(`${file} is not a contract: expected ${eitherForm}`)
  const { hash, ...plain } = value
  const said = String(isOpenRpc ? value['x-contract-hash'] : hash)
  const contract = read(file, () =>
    defineContract(contractSpec(isOpenRpc ? fromOpenRpc(value as unknown as OpenRpcDocument) : plain)),
  )
  // Whoever answers `rpc.contract` with this hash promises what the contract says.
  if (contract.hash !== said)
    throw new CodegenError(
      `${file} was changed by hand: its hash is ${said}, but its contents have ${contract.hash}; write it again from the contract's module`,
    )
  return loaded(file, contract)
}

function parse(file: string, text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>
  } catch (error) {
    throw new CodegenError(`${file} is not valid JSON: ${reasonOf(error)}`)
  }
  throw new CodegenError(`${file} is not a contract: expected ${eitherForm}`)
}

/** A document may hold anything: whatever goes wrong with it is a fault of the document. */
function read<T>(file: string, act: () => T): T {
  try {
    return act()
  } catch (error) {
    if (error instanceof ContractError) throw new CodegenError(`${file}: ${error.message}`)
    throw new CodegenError(`${file} is not a complete contract (${reasonOf(error)}): expected ${eitherForm}`)
  }
}
