import type { Language } from '../model/target.js'

/** What is generated from one contract. Paths are seen from the configuration file's folder. */
export interface ContractConfig {
  /** The file of the contract, a module that exports it or JSON; or a package that exports it: `@my/contracts/profiler`. */
  contract: string
  /** Which contract, if the module exports several: the name of the export or of the contract. */
  name?: string
  /** The languages, and the folder into which each one is written. */
  out: Readonly<Partial<Record<Language, string>>>
  /** The import path of Go's folder, where there is no go.mod above it: `example.com/app/generated`. */
  goImport?: string
}
export type Config = ContractConfig | readonly ContractConfig[]

/** The default export of `simple-ipc.config.ts`: one contract, or a list of them. */
export function defineConfig<C extends Config>(config: C): C {
  return config
}
