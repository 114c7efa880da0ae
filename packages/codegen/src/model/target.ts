import type { Refusal } from '../contract/codegen-error.js'
import type { ContractJson } from '../contract/contract-json.js'
import type { Model } from './model.js'

/** A file to write. */
export interface OutputFile {
  /** Below the output folder, with slashes. */
  path: string
  text: string
}

/** The names of the languages, as written after `--lang`. */
export type Language = 'go' | 'python' | 'typescript'

/** A language. */
export interface Target {
  name: Language
  /** For people. */
  title: string
  /**
   * How code imports the output folder, where the language must say so: what belongs to the folder itself, or to what
   * it lies in. Throws a CodegenError that says what to do where it cannot be found out.
   */
  importPath?: ImportPath
  /** What of a model the language cannot say yet, with path, reason and fix. Left out: it can say all. */
  refusals?(model: Model): Refusal[]
  /** Makes all names; throws a CodegenError if two things would get the same one. */
  checkNames(model: Model): void
  /** The paths of the contract's own files, which follow from its name alone. */
  contractFiles(name: string): string[]
  /** The contract's files and the runtime's; throws a CodegenError for what the language cannot name. */
  files(model: Model, context: TargetContext): OutputFile[]
  /** A child program to begin with, for any contract. It compiles and runs; every call is answered with an error. */
  skeleton?(model: Model, context: SkeletonContext): Skeleton
}

interface ImportPath {
  /** What is read from around an output folder. */
  of(folder: string): string
  /** Checks and returns the path that was given instead. */
  checked(given: string): string
}

export interface TargetContext {
  /** The contract as it was read, for languages that check values against it as data. */
  contract: ContractJson
  /** This package's version. */
  version: string
  /** The contract as an OpenRPC document, if known: what `rpc.discover` answers. */
  openrpc: string | undefined
  /** How code imports the output folder, for languages that must say so. */
  importPath: string | undefined
}

export interface SkeletonContext {
  /** Where the generated code is, seen from the program's folder, with slashes: `generated`. */
  generated: string
}

export interface Skeleton {
  /** How the program imports the folder of the generated code, for languages that must say so. */
  importPath?: string
  /** The user's own files, below the program's folder, with slashes. Their names do not depend on the contract. */
  files: readonly OutputFile[]
  /** Commands to give before the first start, in the program's folder: builds. */
  prepare: readonly (readonly string[])[]
  /** What a host starts, seen from the program's folder. */
  command: readonly string[]
}
