// For users
export { Type } from 'typebox'
export { Client } from './client/client.js'
export type { ClientLife, ClientOptions, StopOptions } from './client/client-options.js'
export { serve, type ServeOptions } from './serve/serve.js'
export { connect, type ConnectAsChild, type ConnectAsHost, type ConnectionLife } from './connect/connect.js'
export { Pool } from './pool/pool.js'
export type { PoolCommandStats, PoolLife, PoolOptions, PoolStats } from './pool/pool-options.js'
export type { Commands } from './pool/pool-commands.js'
export { createPair, type Pair, type PairOptions } from './connect/create-pair.js'
export { compareContracts, type Difference } from './compare/compare-contracts.js'
export { defineContract } from './contract/define-contract.js'
export { pick, type MemberName, type Picked } from './contract/pick.js'
export { ContractError, type ContractFault } from './contract/contract-error.js'
export type {
  Contract,
  ContractSpec,
  ErrorSpec,
  ForeignSpec,
  MethodSpec,
  Schema,
  Side,
  SideSpec,
} from './contract/contract-spec.js'
export type {
  CallOptions,
  ChildHandlers,
  Context,
  HostHandlers,
  Items,
  MissingHandlers,
  MethodHandler,
  Remote,
  RemoteChild,
  RemoteHost,
  Stream,
  StreamHandler,
} from './contract/contract-types.js'
export { ErrorCode, type LocalErrorCode } from './errors/error-code.js'
export type { ValidateOptions } from './peer/incoming-checks.js'
export type { Fallback, PeerOptions } from './peer/peer-options.js'
export { nodeEnv, pythonEnv, type Variables } from './client/program-env.js'
export type { Trace, TraceEvent } from './peer/trace.js'
export { traceLog, wireLog, type Redact, type TraceLogOptions } from './peer/trace-log.js'
export type { Framing } from './transport/framings.js'
export { faultyTransports, type Faults } from './transport/faulty.js'
export type { HeartbeatOptions } from './client/heartbeat.js'
export { Open, UnlistedValue, type OpenSchema } from './schema/open-schema.js'
export type { ViolationDetails } from './errors/protocol-errors.js'
export type { ErrorOrigin } from './errors/report-thrown.js'
export { isCancelled, RpcError, type RpcErrorOptions } from './errors/rpc-error.js'
export { Bytes, Int64, UInt64, type ConvertedSchema } from './schema/converted-schema.js'
// A contract that is exported names TypeBox's types in its declarations.
export type * from 'typebox'

// For generated code
export type { Command } from '@simple-ipc/worker'
export {
  contractFromJson,
  contractFromText,
  type ContractHead,
  type ErrorClasses,
} from './codegen/contract-from-json.js'
export { DeclaredError, type Declaration } from './codegen/declared-error.js'
export { serveTyped } from './codegen/serve-typed.js'
export { TypedClient } from './codegen/typed-client.js'
export { TypedRemote, type UntypedRemote } from './codegen/typed-remote.js'
export type { HandlerContext, HandlerNames } from './codegen/untyped-handlers.js'

// For library authors
export { HeadersMessageReader, HeadersMessageWriter } from './transport/headers.js'
export { LinesMessageReader, LinesMessageWriter, type LinesOptions } from './transport/lines.js'
export { memoryTransports } from './transport/memory.js'
export type { Receiver, TextReader, TextWriter, Transport } from './transport/transport.js'
export type { Issue } from './validate/check-context.js'
export { checkValue } from './validate/check-value.js'
export type {
  OpenRpcDocument,
  OpenRpcError,
  OpenRpcMethod,
  OpenRpcValue,
} from './openrpc/openrpc-document.js'
export { fromOpenRpc } from './openrpc/read-openrpc.js'
export { discover } from './openrpc/write-openrpc.js'
export type { PlainContract, PlainError, PlainMethod, PlainSide } from './contract/plain-contract.js'
export {
  typeNamesOf,
  unionShape,
  valuesOf,
  type UnionChoice,
  type UnionLeaf,
  type UnionShape,
} from './schema/union-shape.js'
export type { Kind, Literal, PlainSchema, PlainTypes, TypeName } from './schema/plain-schema.js'
export { serializeContract, type SerializedContract } from './contract/serialize-contract.js'
