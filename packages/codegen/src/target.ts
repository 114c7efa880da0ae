import type { Refusal } from './codegen-error.js'
import type { Model } from './model.js'

/** A file to write. */
export interface OutputFile {
  /** Below the output folder, with slashes. */
  path: string
  text: string
}

/** A language. */
export interface Target {
  /** As written after `--lang`. */
  name: string
  /** For people. */
  title: string
  /** What of a model the language cannot say yet, with path, reason and fix. Left out: it can say all. */
  refusals?(model: Model): Refusal[]
  /** The contract's files and the runtime's; throws a CodegenError for what the language cannot name. */
  files(model: Model, context: TargetContext): OutputFile[]
}

export interface TargetContext {
  /** This package's version. */
  version: string
  /** The contract as an OpenRPC document, if known: what `rpc.discover` answers. */
  openrpc: string | undefined
}
