// For users
export { Type } from 'typebox'
export { defineContract } from './contract.js'
export { ContractError, type ContractFault } from './contract-error.js'
export type {
  Contract,
  ContractSpec,
  ErrorSpec,
  ForeignSpec,
  MethodSpec,
  Schema,
  Side,
  SideSpec,
} from './contract-spec.js'
export type {
  CallOptions,
  ChildHandlers,
  Context,
  HostHandlers,
  Remote,
  RemoteChild,
  RemoteHost,
  Stream,
} from './contract-types.js'
export { ErrorCode, type LocalErrorCode } from './error-code.js'
export { isCancelled, RpcError, type RpcErrorOptions } from './rpc-error.js'
// A contract that is exported names TypeBox's types in its declarations.
export type * from 'typebox'

// For library authors
export { checkValue, type Issue } from './check-values.js'
export type { PlainContract, PlainError, PlainMethod, PlainSide } from './plain-contract.js'
export type { Kind, Literal, PlainSchema, PlainTypes, TypeName } from './plain-schema.js'
export { serializeContract, type SerializedContract } from './serialize-contract.js'
