// For users: code for a language from a serialised contract.
export { CodegenError, type Refusal } from './codegen-error.js'
export { generate, languages } from './generate.js'
export { version } from './package-folder.js'
export type { Language, OutputFile } from './target.js'
export { defineConfig, type Config, type ContractConfig } from './config.js'
export { loadContract, type LoadedContract } from './load-contract.js'

// For authors of languages.
export type { Model } from './model.js'
export { readContract } from './read-contract.js'
