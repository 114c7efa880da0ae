import { canonical } from '../json/canonical-json.js'
import { step } from '../json/json-pointer.js'
import type { PlainSchema } from '../schema/plain-schema.js'
import { hasShape } from '../schema/schema-facts.js'
import { mapSubschemas, type MapSchema } from '../schema/subschemas.js'
import type { ContractFault } from './contract-error.js'
import { mapSchemas, type PlainContract } from './plain-contract.js'

/** Keywords for people only; two schemas that differ in nothing else are equal. */
const unsaid = ['title', 'description', 'summary', 'examples', 'default', '$comment', '$id'] as const

/** Reports every subschema that equals two types. Most contracts have no two equal types, and are done at once. */
export function checkNames(contract: PlainContract, faults: ContractFault[]): void {
  if ([...formsOfTypes(contract).values()].some(names => names.length > 1)) nameTypes(contract, faults)
}

/**
 * The same contract with every subschema that equals one of the types written as a reference to it, descriptions kept.
 * Equal means: an object with members, or something made of such objects, of the same canonical form. Two strings, two
 * lists of the same values or two arrays of numbers may mean different things: only `Type.Ref` names those. A subschema
 * that equals two types is a fault: only `Type.Ref` can say which.
 */
export function nameTypes(contract: PlainContract, faults?: ContractFault[]): PlainContract {
  if (Object.keys(contract.types).length === 0) return contract
  const names = formsOfTypes(contract)
  const refer = references(contract, names, faults)
  return mapSchemas(contract, (schema, path) =>
    path[0] === 'types' ? mapSubschemas(schema, path, refer) : refer(schema, path),
  )
}

/**
 * The types by their canonical forms. A form changes when types inside it are replaced by their names, which may make it
 * equal to more; so this is repeated until nothing changes, at most once per level of nesting.
 */
function formsOfTypes(contract: PlainContract): ReadonlyMap<string, string[]> {
  let names = new Map<string, string[]>()
  const entries = Object.entries(contract.types).filter(([, schema]) => isRecognised(schema, contract))
  for (let round = 0; round <= entries.length; round++) {
    const refer = references(contract, names)
    const next = new Map<string, string[]>()
    for (const [name, schema] of entries) {
      const form = canonicalForm(mapSubschemas(schema, [], refer))
      next.set(form, [...(next.get(form) ?? []), name])
    }
    const isSettled = next.size === names.size && [...next.keys()].every(form => names.has(form))
    names = next
    if (isSettled) break
  }
  return names
}

const isRecognised = (schema: PlainSchema, { types }: PlainContract): boolean =>
  schema.$ref === undefined && hasShape(schema, types)

/** Replaces from the inside out: what is named inside is named before the whole is compared. */
function references(
  contract: PlainContract,
  names: ReadonlyMap<string, string[]>,
  faults?: ContractFault[],
): MapSchema {
  const outlines = new Set(
    Object.values(contract.types)
      .filter(type => isRecognised(type, contract))
      .map(outline),
  )
  const refer: MapSchema = (schema, path) => {
    if (schema.$ref !== undefined) return schema
    const inside = mapSubschemas(schema, path, refer)
    if (!outlines.has(outline(schema))) return inside
    const [name, other] = names.get(canonicalForm(inside)) ?? []
    if (name === undefined) return inside
    if (other === undefined) return referTo(name, schema, contract.types[name])
    faults?.push({
      path: path.map(step).join(''),
      message: `equals two types, '${name}' and '${other}': write Type.Ref('${name}') or Type.Ref('${other}')`,
    })
    return inside
  }
  return refer
}

/** Equal schemas have equal outlines; most others differ in them, which spares writing them out. */
const outline = ({ type, properties, anyOf, allOf, enum: values }: PlainSchema): string =>
  [type, properties && Object.keys(properties).length, anyOf?.length, allOf?.length, values?.length].join()

/** A description that differs from the type's own is kept next to the reference. */
function referTo(name: string, schema: PlainSchema, type: PlainSchema | undefined): PlainSchema {
  const [mine, theirs] = [schema, type ?? {}] as Record<string, unknown>[]
  const kept = unsaid.filter(key => key !== '$id' && mine?.[key] !== undefined && mine[key] !== theirs?.[key])
  return { $ref: name, ...Object.fromEntries(kept.map(key => [key, mine?.[key]])) }
}

/** RFC 8785's text of what a schema accepts: without documentation and how it is read, and with enum and required in one order. */
export const canonicalForm = (schema: PlainSchema): string => canonical(bare(schema))

export function bare(schema: PlainSchema): PlainSchema {
  const plain: PlainSchema = { ...mapSubschemas(schema, [], bare) }
  for (const key of [...unsaid, 'x-first-match']) Reflect.deleteProperty(plain, key)
  if (plain.enum !== undefined) plain.enum = [...plain.enum].sort(byCanonicalText)
  if (plain.required !== undefined) plain.required = [...plain.required].sort()
  return plain
}

function byCanonicalText(a: unknown, b: unknown): number {
  const [x, y] = [canonical(a), canonical(b)]
  return x < y ? -1 : x > y ? 1 : 0
}
