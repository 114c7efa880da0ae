import { defined } from '../json/defined.js'
import { isWellFormed } from '../json/json-value.js'
import { mapRecord } from '../json/map-record.js'
import { own, resolve, type PlainSchema, type PlainTypes } from '../schema/plain-schema.js'
import { circularTypes, fitsParams } from '../schema/schema-facts.js'
import { checkValue } from '../validate/check-value.js'
import { ContractError, type ContractFault } from './contract-error.js'
import { checkNames } from './name-types.js'
import {
  methodSchemas,
  sides,
  type PlainContract,
  type PlainError,
  type PlainMethod,
  type PlainSide,
} from './plain-contract.js'
import { At, below, fault, isSource, type Reading, type Source } from './read-context.js'
import { onlyMembers } from './only-members.js'
import { readForeign } from './read-foreign.js'
import { readSchema } from './read-schema.js'
import { findUnionFaults } from './union-faults.js'

/** Reads a contract as it was written; throws a `ContractError` that lists everything the protocol cannot carry. */
export function readContract(spec: unknown): PlainContract {
  const faults: ContractFault[] = []
  if (!isSource(spec)) throw new ContractError(undefined, [{ path: '', message: 'must be an object' }])
  const reading: Reading = { faults, cyclic: new Map(), unions: [] }
  const at = new At(reading, namesOf(spec['types']))
  onlyMembers(spec, ['name', 'version', 'types', 'child', 'host', 'foreign'], at)
  for (const key of ['name', 'version'])
    if (typeof spec[key] !== 'string' || spec[key] === '' || !isWellFormed(spec[key]))
      fault(below(at, key), 'must be a non-empty string')
  const foreign = readForeign(spec['foreign'], below(at, 'foreign'))
  const types = readTypes(spec['types'], below(at, 'types'))
  const contract: PlainContract = {
    name: String(spec['name']),
    version: String(spec['version']),
    types,
    child: readSide(spec['child'], below(at, 'child'), foreign !== undefined),
    host: readSide(spec['host'], below(at, 'host'), foreign !== undefined),
    ...defined({ foreign }),
  }
  addCyclic(types, at)
  if (faults.length === 0)
    for (const path of circularTypes(types)) fault(below(at, ...path), 'refers to nothing but itself')
  if (faults.length === 0) checkParams(contract, spec, at)
  if (faults.length === 0) findUnionFaults(reading, types)
  if (faults.length === 0) checkNames(contract, faults)
  if (faults.length > 0) throw new ContractError(spec['name'], faults)
  return contract
}

const namesOf = (types: unknown): ReadonlySet<string> => new Set(isSource(types) ? Object.keys(types) : [])

// ---- types ---------------------------------------------------------------------------------------------------------

/** `Type.Cyclic({ Node: … }, 'Node')` under the name Node is that definition. */
function readTypes(source: unknown, at: At): PlainTypes {
  return readRecord(source, at, (schema, name, here) => {
    if (!/^[\p{L}_$][\p{L}\p{N}_$.-]*$/u.test(name) || name in Object.prototype)
      fault(here, 'must have a name of letters, digits and _, from which other languages can make a name')
    const plain = readSchema(schema, here)
    return plain.$ref === name ? (at.reading.cyclic.get(name)?.schema ?? plain) : plain
  })
}

function addCyclic(types: PlainTypes, at: At): void {
  for (const [name, { schema, path }] of at.reading.cyclic) {
    const declared = own(types, name)
    if (declared === undefined) types[name] = schema
    else if (declared !== schema && JSON.stringify(declared) !== JSON.stringify(schema))
      at.reading.faults.push({
        path,
        message: `/types/${name} is another type of this name; give one of them another name`,
      })
  }
}

// ---- sides ---------------------------------------------------------------------------------------------------------

function readSide(source: unknown, at: At, isForeign: boolean): PlainSide {
  if (source === undefined) return { methods: {}, notifications: {} }
  if (!isSource(source)) {
    fault(at, 'must be an object with methods and notifications')
    return { methods: {}, notifications: {} }
  }
  onlyMembers(source, ['methods', 'notifications'], at)
  const named = (here: At, name: string): void => {
    if (name === '' || !isWellFormed(name)) fault(here, 'must have a name')
    if (!isForeign && (name.startsWith('rpc.') || name.startsWith('$/')))
      fault(
        here,
        "begins with rpc. or $/, which are the protocol's own names; choose another, or mark the contract foreign",
      )
  }
  const methods = readRecord(source['methods'], below(at, 'methods'), (method, name, here) => {
    named(here, name)
    return readMethod(method, here, isForeign)
  })
  const notifications = readRecord(
    source['notifications'],
    below(at, 'notifications'),
    (schema, name, here): PlainSchema => {
      named(here, name)
      if (Object.hasOwn(methods, name)) fault(here, 'is also a method of this side: rename one of them')
      if (isMethodLike(schema)) {
        fault(
          here,
          `is written like a method: a notification is the schema of its params itself: ${name}: Type.Object({ … })`,
        )
        return { type: 'object' }
      }
      return readSchema(schema, here, true)
    },
  )
  return { methods, notifications }
}

/** `{ params: … }` where a schema must be. */
const isMethodLike = (source: unknown): boolean =>
  isSource(source) &&
  Object.hasOwn(source, 'params') &&
  !['type', '$ref', 'anyOf', 'allOf', 'const', 'enum'].some(key => Object.hasOwn(source, key))

function readRecord<T>(
  source: unknown,
  at: At,
  read: (value: unknown, name: string, at: At) => T,
): Record<string, T> {
  if (source === undefined) return {}
  if (isSource(source)) return mapRecord(source, (value, name) => read(value, name, below(at, name)))
  fault(at, 'must be an object that maps names to what they mean')
  return {}
}

const flags = ['deprecated', 'idempotent'] as const
const texts = ['summary', 'description'] as const

function readMethod(source: unknown, at: At, isForeign: boolean): PlainMethod {
  if (!isSource(source)) {
    fault(at, 'must be an object such as { params, result }')
    return {}
  }
  onlyMembers(source, [...texts, ...flags, ...methodSchemas, 'errors'], at)
  const method: PlainMethod = {}
  for (const key of texts) {
    const text = source[key]
    if (typeof text === 'string') method[key] = text
    else if (text !== undefined) fault(below(at, key), 'must be a string')
  }
  for (const key of flags) {
    if (source[key] === true) method[key] = true
    else if (source[key] !== undefined && source[key] !== false)
      fault(below(at, key), 'must be true or false')
  }
  for (const key of methodSchemas)
    if (source[key] !== undefined) method[key] = readSchema(source[key], below(at, key), key === 'params')
  if (source['errors'] !== undefined)
    method.errors = readErrors(source['errors'], below(at, 'errors'), isForeign)
  return method
}

function readErrors(source: unknown, at: At, isForeign: boolean): Record<string, PlainError> {
  const names = new Map<unknown, string>()
  return readRecord(source, at, (error, name, here) => {
    if (name === '') fault(here, 'must have a name')
    if (!isSource(error)) {
      fault(here, 'must be an object such as { code: 1001 }')
      return { code: 0 }
    }
    onlyMembers(error, ['code', 'summary', 'data'], here)
    const { code, summary, data } = error
    const other = names.get(code)
    names.set(code, name)
    if (!Number.isSafeInteger(code)) fault(below(here, 'code'), 'must be an integer')
    else if (!isForeign && (code as number) >= -32899 && (code as number) <= -32000)
      fault(
        below(here, 'code'),
        'is in -32899…-32000, which belong to JSON-RPC and the protocol: choose another, such as 1001',
      )
    if (other !== undefined)
      fault(
        below(here, 'code'),
        `is also the code of '${other}': two errors of one method cannot share a code`,
      )
    return {
      code: code as number,
      ...defined({
        summary: typeof summary === 'string' ? summary : undefined,
        data: data === undefined ? undefined : readSchema(data, below(here, 'data')),
      }),
    }
  })
}

// ---- params --------------------------------------------------------------------------------------------------------

/** Params are one object or one tuple; and if the call may leave them out, an empty one must do. */
function checkParams(contract: PlainContract, spec: Source, at: At): void {
  const check = (params: PlainSchema, source: unknown, here: At): void => {
    const why = fitsParams(params, contract.types)
    if (why !== undefined) fault(here, why)
    else if (isSource(source) && source['~optional'] === true) checkOptional(params, contract.types, here)
  }
  for (const side of sides) {
    const { methods, notifications } = contract[side]
    for (const [name, { params }] of Object.entries(methods))
      if (params !== undefined)
        check(
          params,
          memberOf(spec, side, 'methods', name, 'params'),
          below(at, side, 'methods', name, 'params'),
        )
    for (const [name, params] of Object.entries(notifications))
      check(params, memberOf(spec, side, 'notifications', name), below(at, side, 'notifications', name))
  }
}

const memberOf = (source: unknown, ...path: string[]): unknown =>
  path.reduce((inner, name) => (isSource(inner) ? own(inner, name) : undefined), source)

/** On the wire absent params are `{}` or `[]`; only these can take the place of what was left out. */
function checkOptional(params: PlainSchema, types: PlainTypes, at: At): void {
  const isTuple = resolve(params, types).type === 'array'
  const issue = checkValue(params, types, isTuple ? [] : {})
  if (issue !== undefined)
    fault(
      at,
      `is marked Type.Optional, but ${isTuple ? '[]' : '{}'} does not fit: ${issue.path} ${issue.message}; mark the members optional instead`,
    )
}
