import type { Contract } from './contract-spec.js'
import { plainContract } from './define-contract.js'
import { nameTypes } from './name-types.js'
import type { PlainContract } from './plain-contract.js'

/** A contract as JSON: what the code generator reads, and nothing else. */
export interface SerializedContract extends PlainContract {
  hash: string
}

/**
 * A contract as plain JSON, with its hash. Schemas are those of {@link PlainContract}; every subschema that is one of
 * the contract's types is written `{ "$ref": "Name" }`.
 */
export function serializeContract(contract: Contract): SerializedContract {
  const { name, version, ...rest } = nameTypes(plainContract(contract))
  // Through text: nothing that is not JSON may remain, and no part of it may be shared.
  return JSON.parse(JSON.stringify({ name, version, hash: contract.hash, ...rest })) as SerializedContract
}
