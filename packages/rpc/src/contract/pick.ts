import { didYouMean } from '@simple-ipc/worker'

import { own, type PlainSchema, type PlainTypes } from '../schema/plain-schema.js'
import { subschemasOf } from '../schema/subschemas.js'
import type { Contract, ContractSpec, Side } from './contract-spec.js'
import { contractOf, plainContract } from './define-contract.js'
import { methodSchemas, sides, type PlainContract, type PlainSide } from './plain-contract.js'

type Part = 'methods' | 'notifications'
type NamesIn<S, D extends Side, P extends Part> =
  S extends Readonly<Record<D, Readonly<Record<P, infer M>>>> ? keyof M & string : never

/** The names of a contract's methods and notifications, of both sides. */
export type MemberName<S> =
  | NamesIn<S, 'child', 'methods'>
  | NamesIn<S, 'child', 'notifications'>
  | NamesIn<S, 'host', 'methods'>
  | NamesIn<S, 'host', 'notifications'>

type PickedPart<D, K> = { [N in keyof D]: Pick<D[N], K & keyof D[N]> }
/** A contract with the members named K, and no others. */
export type Picked<S, K> = { [N in keyof S]: N extends Side ? PickedPart<S[N], K> : S[N] }

/**
 * The part of a contract that a program uses: the methods and notifications named, of both sides where both have one of
 * that name, and the types that these need. What the other side sends besides is answered by `fallback`, or ignored.
 *
 * It is another contract, with another hash: where both sides verify, both pick.
 *
 * Throws a TypeError for a name that the contract does not have.
 */
export function pick<S extends ContractSpec, const K extends MemberName<S>>(
  contract: Contract<S>,
  names: readonly K[],
): Contract<Extract<Picked<S, K>, ContractSpec>> {
  const whole = plainContract(contract)
  checkNames(whole, names)
  const plain = pickMembers(whole, new Set(names))
  return contractOf(plain, plain as unknown as Extract<Picked<S, K>, ContractSpec>)
}

function checkNames(contract: PlainContract, names: readonly unknown[]): void {
  const known = new Set(
    sides.flatMap(side => [
      ...Object.keys(contract[side].methods),
      ...Object.keys(contract[side].notifications),
    ]),
  )
  for (const name of names) {
    if (typeof name === 'string' && known.has(name)) continue
    const hint = typeof name === 'string' ? didYouMean(name, [...known]) : ''
    throw new TypeError(
      `The contract '${contract.name}' has no method or notification ${JSON.stringify(name)}${hint}`,
    )
  }
}

function pickMembers(contract: PlainContract, names: ReadonlySet<string>): PlainContract {
  const side = ({ methods, notifications }: PlainSide): PlainSide => ({
    methods: only(methods, names),
    notifications: only(notifications, names),
  })
  const picked = { ...contract, child: side(contract.child), host: side(contract.host) }
  return { ...picked, types: typesOf(picked) }
}

const only = <T>(record: Readonly<Record<string, T>>, names: ReadonlySet<string>): Record<string, T> =>
  Object.fromEntries(Object.entries(record).filter(([name]) => names.has(name)))

/** The types that the members refer to, in the contract's order. */
function typesOf({ types, child, host }: PlainContract): PlainTypes {
  const needed = new Set<string>()
  const waiting: PlainSchema[] = [child, host].flatMap(schemasOf)
  for (let schema = waiting.pop(); schema !== undefined; schema = waiting.pop()) {
    waiting.push(...subschemasOf(schema))
    const { $ref } = schema
    if ($ref === undefined || needed.has($ref)) continue
    needed.add($ref)
    const type = own(types, $ref)
    if (type !== undefined) waiting.push(type)
  }
  return only(types, needed)
}

const schemasOf = ({ methods, notifications }: PlainSide): PlainSchema[] => [
  ...Object.values(notifications),
  ...Object.values(methods).flatMap(method => [
    ...methodSchemas.flatMap(part => method[part] ?? []),
    ...Object.values(method.errors ?? {}).flatMap(({ data }) => data ?? []),
  ]),
]
