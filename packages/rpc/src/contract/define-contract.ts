import { contractHash } from './contract-hash.js'
import type { Contract, ContractSpec } from './contract-spec.js'
import type { PlainContract } from './plain-contract.js'
import { readContract } from './read-contract.js'

/** The plain form of each contract, or what makes it when it is first asked for. */
const read = new WeakMap<object, PlainContract | (() => PlainContract)>()

/**
 * Checks a contract and makes it ready for `new Client`, `serve` and the code generator. Everything is inferred from
 * it: keep it in a `const` and do not annotate it.
 *
 * Throws a `ContractError` that lists, with path and fix, what the protocol cannot carry.
 */
export function defineContract<const S extends ContractSpec>(spec: S): Contract<S> {
  return contractOf(readContract(spec), spec)
}

/** The contract of a plain form that was checked. */
export function contractOf<S extends ContractSpec>(plain: PlainContract, spec: S): Contract<S> {
  let hash: string | undefined
  const contract: Contract<S> = {
    name: plain.name,
    version: plain.version,
    // Costs more than everything else, and a program that does not verify never needs it.
    get hash() {
      return (hash ??= contractHash(plain))
    },
    spec,
  }
  read.set(contract, plain)
  return contract
}

/** A contract whose plain form is known already, or is made when it is first used. */
export function keepPlain(contract: Contract, plain: PlainContract | (() => PlainContract)): void {
  read.set(contract, plain)
}

/** The plain form of a contract; one made by another copy of this package is read again from its `spec`. */
export function plainContract(contract: Contract): PlainContract {
  const known = read.get(contract)
  if (typeof known === 'object') return known
  const plain = known === undefined ? readAgain(contract) : known()
  read.set(contract, plain)
  return plain
}

function readAgain(contract: Contract): PlainContract {
  const spec = (contract as Partial<Contract> | null | undefined)?.spec
  if (spec === undefined) throw new TypeError('Not a contract: pass what defineContract returned')
  return readContract(spec)
}
