import type { SerializedContract } from '@simple-ipc/rpc'

// The serialised contract, as `serializeContract` writes it: the only thing that is read.

export type ContractJson = SerializedContract
export type SideJson = ContractJson['child']
export type MethodJson = SideJson['methods'][string]
export type SchemaJson = ContractJson['types'][string]
export type TypesJson = ContractJson['types']

/** A JSON Pointer one step further. */
export const step = (path: string, ...names: (string | number)[]): string =>
  path + names.map(name => `/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

export const own = <T>(record: Readonly<Record<string, T>> | undefined, name: string): T | undefined =>
  record !== undefined && Object.hasOwn(record, name) ? record[name] : undefined
