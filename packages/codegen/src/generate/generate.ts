import { CodegenError } from '../contract/codegen-error.js'
import type { ContractJson } from '../contract/contract-json.js'
import { version } from '../output/package.js'
import { readContract } from '../model/read-contract.js'
import type { OutputFile, Target } from '../model/target.js'
import { targets } from '../targets/index.js'

/** The languages by their names. */
export const languages: readonly string[] = targets.map(({ name }) => name)

/** The target of a language; throws a CodegenError that lists those there are. */
export function targetOf(language: string): Target {
  const target = targets.find(({ name }) => name === language)
  if (target === undefined)
    throw new CodegenError(`Unknown language '${language}' (available: ${languages.join(', ')})`)
  return target
}

export interface GenerateOptions {
  /** How code imports the folder into which the files are written. Go needs it, and no other language. */
  importPath?: string | undefined
}

/**
 * The files of one language. Pure but for the runtime, which is read from this package. `openrpc` is the contract as
 * an OpenRPC document: what the generated side answers to `rpc.discover`, which it does not know without one.
 */
export function generate(
  contract: ContractJson,
  language: string,
  openrpc?: object,
  { importPath }: GenerateOptions = {},
): OutputFile[] {
  const target = targetOf(language)
  const model = readContract(contract, target)
  return target.files(model, {
    contract,
    version,
    importPath,
    openrpc: openrpc === undefined ? undefined : JSON.stringify(openrpc),
  })
}
