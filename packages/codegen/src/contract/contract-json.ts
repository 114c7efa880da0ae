import type { SerializedContract } from '@simple-ipc/rpc'

// The serialised contract, as `serializeContract` writes it: the only thing that is read.

export type ContractJson = SerializedContract
export type SideJson = ContractJson['child']
export type MethodJson = SideJson['methods'][string]
export type SchemaJson = ContractJson['types'][string]
export type TypesJson = ContractJson['types']

/** A JSON Pointer one step further. */
export const step = (path: string, ...names: (string | number)[]): string =>
  path + names.map(name => `/${escaped(String(name))}`).join('')

/** A name as a step of a JSON Pointer has it. */
export const escaped = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1')

/** The names in a JSON Pointer. */
export const stepsOf = (pointer: string): string[] => pointer.split('/').slice(1).map(unescaped)

export const unescaped = (name: string): string => name.replaceAll('~1', '/').replaceAll('~0', '~')

export const own = <T>(record: Readonly<Record<string, T>> | undefined, name: string): T | undefined =>
  record !== undefined && Object.hasOwn(record, name) ? record[name] : undefined
