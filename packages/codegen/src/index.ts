// For users: code for a language from a serialised contract.
export { CodegenError, type Refusal } from './contract/codegen-error.js'
export { generate, languages, type GenerateOptions } from './generate/generate.js'
export { version } from './output/package.js'
export type { Language, OutputFile } from './model/target.js'
export { defineConfig, type Config, type ContractConfig } from './generate/config.js'
export { loadContract, type LoadedContract } from './contract/load-contract.js'

// For packages that publish a contract.
export { typedContract, type TypedContractNames } from './targets/typescript/typed-contract.js'

// For authors of languages.
export type { Model } from './model/model.js'
export { readContract } from './model/read-contract.js'
