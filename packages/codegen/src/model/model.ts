// What code is generated from: one form for every language. Everything that has insides has a name here; what a
// language cannot distinguish, or a contract leaves open, was refused before.

import type { ContractJson } from '../contract/contract-json.js'
import type { Refusal } from '../contract/codegen-error.js'

export type LiteralValue = string | number | boolean | null
/** A JSON kind; `integer` where the contract says so. */
export type Kind = 'null' | 'boolean' | 'integer' | 'number' | 'string' | 'array' | 'object'

export interface Model {
  name: string
  version: string
  hash: string
  /** Set if the child is a program written by others; see `foreign` of a contract. */
  foreign: ContractJson['foreign']
  /** In the contract's order, those with made-up names after the named ones, in the order of their places. */
  types: readonly NamedType[]
  /** One of them, by its id. */
  typeOf(id: string): NamedType
  child: SideModel
  host: SideModel
}

export interface SideModel {
  methods: readonly MethodModel[]
  notifications: readonly NotificationModel[]
}

export interface MethodModel {
  name: string
  docs: Docs
  deprecated: boolean
  idempotent: boolean
  params: ParamsModel
  /** Undefined: the method answers nothing. */
  result: TypeRef | undefined
  stream: TypeRef | undefined
  progress: TypeRef | undefined
  errors: readonly ErrorModel[]
}
export interface NotificationModel {
  name: string
  docs: Docs
  params: ParamsModel
}
export interface ParamsModel {
  /** Undefined: none are declared. */
  type: TypeRef | undefined
  positional: boolean
  /** Every member is optional: the call may leave them out. */
  optional: boolean
}
export interface ErrorModel {
  name: string
  /** The words that name its class: method and error. */
  id: string
  code: number
  docs: Docs
  data: TypeRef | undefined
}

/** Text for people, as the contract has it. */
export type Docs = readonly string[]

/** A type with a name. `id` is unique among them; languages make their own spelling of it. */
export interface NamedType {
  id: string
  /** Its place in the contract: a JSON Pointer. */
  path: string
  docs: Docs
  shape: StructShape | EnumShape | UnionShape | AliasShape
}

export interface StructShape {
  kind: 'struct'
  members: readonly MemberModel[]
  /** Members are read part by part: more than one where the contract says allOf. */
  parts: readonly { members: readonly string[]; closed: boolean }[]
  minProperties: number | undefined
  maxProperties: number | undefined
}
export interface MemberModel {
  name: string
  docs: Docs
  type: TypeRef
  required: boolean
}

/** Values of a list: at least two, or one of an open list. */
export interface EnumShape {
  kind: 'enum'
  values: readonly LiteralValue[]
  kinds: readonly Kind[]
  open: boolean
  /** A refusal lists only the values of the kind that came: so where the list is written as a union. */
  byKind: boolean
}

export interface UnionShape {
  kind: 'union'
  /** The kinds that a message names, in the contract's order. */
  kinds: readonly Kind[]
  branches: readonly UnionBranch[]
}
/** How values of one kind are distinguished. */
export type UnionBranch =
  | { by: 'kind'; kind: Exclude<Kind, 'integer'>; type: TypeRef }
  | {
      by: 'tag'
      tag: string
      /** The kinds of the tags; a refusal of another one names them where the union is open. */
      tagKinds: readonly Exclude<Kind, 'integer'>[]
      /** An object with another tag of these kinds is let through, and written back as it came. */
      open: boolean
      variants: readonly { value: LiteralValue; type: TypeRef & { kind: 'named' } }[]
    }
  | {
      /** Nothing distinguishes them. */
      by: 'trial'
      kind: Exclude<Kind, 'integer' | 'null'>
      variants: readonly (TypeRef & { kind: 'named' })[]
      /** Why a language that must choose one cannot; undefined where the contract asks for the first that fits. */
      refusal: Refusal | undefined
    }

/** Another name for a type that has no name of its own. */
interface AliasShape {
  kind: 'alias'
  type: TypeRef
}

export type TypeRef =
  | { kind: 'named'; id: string }
  /** `kinds` are those that a message names, null among them. */
  | { kind: 'nullable'; type: TypeRef; kinds: readonly Kind[] }
  | { kind: 'any' }
  | { kind: 'null' }
  | { kind: 'boolean' }
  | { kind: 'literal'; value: LiteralValue; kinds: readonly Kind[] }
  | ({ kind: 'integer' } & Bounds & { multipleOf?: number })
  | ({ kind: 'number' } & Bounds)
  | { kind: 'string'; minLength?: number; maxLength?: number; pattern?: string; format?: string }
  | { kind: 'int64'; signed: boolean }
  | { kind: 'bytes'; minLength?: number; maxLength?: number }
  | { kind: 'array'; item: TypeRef; minItems?: number; maxItems?: number; unique: boolean }
  | { kind: 'tuple'; items: readonly TypeRef[] }
  | { kind: 'map'; value: TypeRef; names?: string; minProperties?: number; maxProperties?: number }

interface Bounds {
  minimum?: number
  exclusiveMinimum?: number
  maximum?: number
  exclusiveMaximum?: number
}
