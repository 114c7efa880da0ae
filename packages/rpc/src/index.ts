// For users
export { Type } from 'typebox'
export { Client } from './client.js'
export type { ClientLife, ClientOptions, StopOptions } from './client-options.js'
export { serve, type ServeOptions } from './serve.js'
export { connect, type ConnectAsChild, type ConnectAsHost, type ConnectionLife } from './connect.js'
export { Pool } from './pool.js'
export type { PoolLife, PoolOptions, PoolStats } from './pool-options.js'
export { createPair, type Pair, type PairOptions } from './create-pair.js'
export { compareContracts, type Difference } from './compare-contracts.js'
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
  Items,
  MethodHandler,
  Remote,
  RemoteChild,
  RemoteHost,
  Stream,
  StreamHandler,
} from './contract-types.js'
export { ErrorCode, type LocalErrorCode } from './error-code.js'
export type { Fallback, PeerOptions } from './peer-options.js'
export { nodeEnv, pythonEnv, type Variables } from './program-env.js'
export type { Trace, TraceEvent } from './trace.js'
export { traceLog, wireLog, type Redact, type TraceLogOptions } from './trace-log.js'
export type { Framing } from './transport/framings.js'
export { faultyTransports, type Faults } from './transport/faulty.js'
export type { HangOptions } from './hang-watch.js'
export { Open, UnlistedValue, type OpenSchema } from './open.js'
export { isCancelled, RpcError, type RpcErrorOptions } from './rpc-error.js'
export { Bytes, Int64, UInt64, type ConvertedSchema } from './wide-values.js'
// A contract that is exported names TypeBox's types in its declarations.
export type * from 'typebox'

// For generated code
export type { Command } from '@simple-ipc/worker'
export { contractFromJson, type ErrorClasses } from './emitted/contract-from-json.js'
export { DeclaredError, type Declaration } from './emitted/declared-error.js'
export { serveTyped } from './emitted/serve-typed.js'
export { TypedClient } from './emitted/typed-client.js'
export { TypedRemote, type UntypedRemote } from './emitted/typed-remote.js'
export type { HandlerContext, HandlerNames } from './emitted/untyped-handlers.js'

// For library authors
export { HeadersMessageReader, HeadersMessageWriter } from './transport/headers.js'
export { LinesMessageReader, LinesMessageWriter, type LinesOptions } from './transport/lines.js'
export { memoryTransports } from './transport/memory.js'
export type { Receiver, TextReader, TextWriter, Transport } from './transport/transport.js'
export type { Issue } from './check-place.js'
export { checkValue } from './check-values.js'
export {
  discover,
  fromOpenRpc,
  type OpenRpcDocument,
  type OpenRpcError,
  type OpenRpcMethod,
  type OpenRpcValue,
} from './openrpc.js'
export type { PlainContract, PlainError, PlainMethod, PlainSide } from './plain-contract.js'
export type { Kind, Literal, PlainSchema, PlainTypes, TypeName } from './plain-schema.js'
export { serializeContract, type SerializedContract } from './serialize-contract.js'
