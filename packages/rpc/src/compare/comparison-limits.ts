import type { PlainContract, PlainSide } from '../contract/plain-contract.js'
import { own, type PlainSchema, type PlainTypes } from '../schema/plain-schema.js'
import { subschemasOf } from '../schema/subschemas.js'

/** A contract that cannot be compared; another program may have sent it. */
export class IncomparableError extends Error {}

/** How many schemas a contract that is compared may hold, and how many alternatives and parts one of them. */
const mostSchemas = 100_000
const mostParts = 10_000
/** How many steps a comparison of two contracts may take. The Language Server Protocol with itself takes 25,000. */
const mostSteps = 1_000_000

/** The steps that a comparison has left. */
export class StepBudget {
  #left = mostSteps

  /** Throws an IncomparableError when none are left. */
  spend(steps: number): void {
    this.#left -= steps
    if (this.#left < 0)
      throw new IncomparableError('describes a contract whose types are too entangled to be compared')
  }
}

/**
 * What a look at a value of a schema costs: the alternatives of its unions and the parts of its intersections, with those
 * inside them, through references. Members and elements do not count: they are values of their own.
 */
export class SchemaCosts {
  readonly #types: PlainTypes
  readonly #known = new Map<PlainSchema, number>()
  readonly #above = new Set<PlainSchema>()

  constructor(types: PlainTypes) {
    this.#types = types
  }

  /** Throws an IncomparableError for a type that is made of itself, and for one of too many parts. */
  of(schema: PlainSchema): number {
    const known = this.#known.get(schema)
    if (known !== undefined) return known
    if (this.#above.has(schema))
      throw new IncomparableError('describes a type that refers to itself without a member between')
    this.#above.add(schema)
    let cost = 1
    for (const part of this.#partsOf(schema)) {
      cost += this.of(part)
      if (cost > mostParts) throw new IncomparableError('describes a type that has too many alternatives')
    }
    this.#above.delete(schema)
    this.#known.set(schema, cost)
    return cost
  }

  #partsOf({ $ref, anyOf = [], allOf = [] }: PlainSchema): PlainSchema[] {
    if ($ref === undefined) return [...anyOf, ...allOf]
    const target = own(this.#types, $ref)
    return target === undefined ? [] : [target]
  }
}

/** Throws an IncomparableError if a contract has too many schemas, or types that no value can be looked at by. */
export function checkComparable({ types, child, host }: PlainContract): void {
  let count = 0
  const look = (schema: PlainSchema): void => {
    if (++count > mostSchemas) throw new IncomparableError('describes a contract with too many types')
    for (const inner of subschemasOf(schema)) look(inner)
  }
  const costs = new SchemaCosts(types)
  for (const schema of [...Object.values(types), ...schemasOf(child), ...schemasOf(host)]) {
    look(schema)
    costs.of(schema)
  }
}

const schemasOf = ({ methods, notifications }: PlainSide): PlainSchema[] =>
  [
    ...Object.values(notifications),
    ...Object.values(methods).flatMap(({ params, result, stream, progress, errors }) => [
      params,
      result,
      stream,
      progress,
      ...Object.values(errors ?? {}).map(({ data }) => data),
    ]),
  ].filter(schema => schema !== undefined)
