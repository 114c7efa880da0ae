import type { TSchema } from 'typebox'

/**
 * A schema made by `Type.…`. TypeBox's own `TSchema` is the empty interface, which everything satisfies: what its
 * builders leave on a schema is required here, so that a forgotten `Type.Object` does not compile.
 */
export type Schema = TSchema & ({ '~kind': string } | { '~unsafe': unknown })

/** An error that a method documents. */
export interface ErrorSpec {
  /** The number on the wire: any integer outside -32899…-32000, once per method. */
  code: number
  summary?: string
  /** What the error carries. */
  data?: Schema
}

export interface MethodSpec {
  /** One line for the documentation of generated code. */
  summary?: string
  description?: string
  deprecated?: boolean
  /** May be sent again when it is unknown whether it ran. */
  idempotent?: boolean
  /** One object (by name) or one tuple (by position). None when left out. */
  params?: Schema
  /** None when left out: the call answers null on the wire and undefined here. */
  result?: Schema
  /** The items that the method yields before its result. */
  stream?: Schema
  /** What the method reports as progress. */
  progress?: Schema
  errors?: Record<string, ErrorSpec>
}

/** What one side implements. */
export interface SideSpec {
  /** What the other side may call here. */
  methods?: Record<string, MethodSpec>
  /** The notifications that this side accepts: the params of each, an object or a tuple. */
  notifications?: Record<string, Schema>
}

/** How a call is cancelled on the other side: as this protocol and language servers do, as MCP does, or not at all. */
export type CancelStyle = 'lsp' | 'mcp' | 'none' | CancelMessage

/** A notification of this name, whose one param of this name is the id of the request. */
export interface CancelMessage {
  method: string
  param: string
}

/**
 * How the other side reports the progress of a call: as language servers do, under the params' `workDoneToken`; as MCP
 * does, under `_meta.progressToken`; or not at all. The token is given to the calls of methods that declare `progress`,
 * if they have `onProgress` or `idleTimeout`.
 */
export type ProgressStyle = 'lsp' | 'mcp' | 'none'

/**
 * How a program that does not speak this project's protocol cancels calls and reports their progress; `true` is
 * `{ cancel: 'none' }`. Default of `progress`: `none`. With `nullIsAbsent` null means in what such a program sends that an
 * optional member is absent, where it may not be null.
 */
export type ForeignSpec = true | { cancel: CancelStyle; progress?: ProgressStyle; nullIsAbsent?: boolean }

export interface ContractSpec {
  name: string
  version: string
  /**
   * Named types: generated code keeps the names, `Type.Ref('Name')` refers to them. An object with members is also
   * recognised where it is written out; a scalar, an enum or an array of scalars is not.
   */
  types?: Record<string, Schema>
  /** What the child implements. */
  child?: SideSpec
  /** What the host implements. */
  host?: SideSpec
  /** For programs written by others, whose protocol does not have our reserved names. */
  foreign?: ForeignSpec
}

/** A contract, checked and ready for `new Client`, `serve`, `connect` and the code generator. */
export interface Contract<S extends ContractSpec = ContractSpec> {
  readonly name: string
  readonly version: string
  /** `sha256:…` of everything that decides what may travel; equal on both sides if the contracts are. */
  readonly hash: string
  readonly spec: S
}

/** The two ends of the wire: the program that starts, and the one that is started. */
export type Side = 'child' | 'host'
