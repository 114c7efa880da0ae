import { canonicalForm } from '../contract/name-types.js'
import { step } from '../json/json-pointer.js'
import {
  own,
  resolve,
  type Literal,
  type PlainSchema,
  type PlainTypes,
  type TypeName,
} from '../schema/plain-schema.js'
import { isAnything } from '../schema/schema-facts.js'
import { typeNamesOf, unionShape, valuesOf } from '../schema/union-shape.js'
import { checkValue } from '../validate/check-value.js'
import { stricterKeywords } from './compare-keywords.js'
import { SchemaCosts, StepBudget } from './comparison-limits.js'

/** A schema with the types that it refers to. */
export interface Typed {
  schema: PlainSchema
  types: PlainTypes
}
/** Why the receiver rejects something that the sender may send. */
export interface Incompatibility {
  /** A JSON Pointer into the value. */
  path: string
  message: string
}

/**
 * Does the receiver accept all that the sender may send? An empty list means yes. Members that a sender's schema does
 * not name count as not sent, though an open object may hold them. Throws an IncomparableError when the budget is spent.
 */
export function incompatibilities(
  sent: Typed,
  received: Typed,
  budget = new StepBudget(),
): Incompatibility[] {
  return new Comparison(sent.types, received.types, budget).compare(sent.schema, received.schema, '')
}

class Comparison {
  readonly #sent: PlainTypes
  readonly #received: PlainTypes
  /** Pairs that are being compared further up: a type that contains itself fits if the rest does. */
  readonly #open = new Map<PlainSchema, Map<PlainSchema, number>>()
  #depth = 0
  /** The depth of the highest of these that what is being compared now rests on. */
  #assumed = Infinity
  /** Pairs that were found to fit: types may occur in many places. */
  readonly #fitting = new Map<PlainSchema, Set<PlainSchema>>()
  readonly #budget: StepBudget
  readonly #costs: { sent: SchemaCosts; received: SchemaCosts }

  constructor(sent: PlainTypes, received: PlainTypes, budget: StepBudget) {
    this.#sent = sent
    this.#received = received
    this.#budget = budget
    this.#costs = { sent: new SchemaCosts(sent), received: new SchemaCosts(received) }
  }

  compare(sentReference: PlainSchema, receivedReference: PlainSchema, path: string): Incompatibility[] {
    this.#budget.spend(this.#costs.sent.of(sentReference) + this.#costs.received.of(receivedReference))
    const sent = resolve(sentReference, this.#sent)
    const received = resolve(receivedReference, this.#received)
    const above = this.#open.get(sent)?.get(received)
    if (above !== undefined) this.#assumed = Math.min(this.#assumed, above)
    if (above !== undefined || this.#fitting.get(sent)?.has(received) === true) return []
    const depth = this.#depth++
    const assumed = this.#assumed
    this.#assumed = Infinity
    add(this.#open, sent, new Map()).set(received, depth)
    const found = this.#shapes(sent, received, path)
    this.#open.get(sent)?.delete(received)
    this.#depth--
    // What rests on a pair further up is known only when that one is.
    if (this.#assumed >= depth) {
      this.#assumed = Infinity
      if (found.length === 0) add(this.#fitting, sent, new Set()).add(received)
    }
    this.#assumed = Math.min(this.#assumed, assumed)
    this.#budget.spend(found.length)
    return found
  }

  #fits = (sent: PlainSchema, received: PlainSchema): boolean => this.compare(sent, received, '').length === 0

  #shapes(sent: PlainSchema, received: PlainSchema, path: string): Incompatibility[] {
    if (isAnything(received)) return []
    if (received.anyOf?.some(branch => this.#fits(sent, branch)) === true) return []
    if (sent['x-open'] === true && received['x-open'] !== true && !this.#takesUnlisted(sent, received))
      return [{ path, message: 'may be a value that is not listed (Open), which is refused' }]
    if (sent.allOf !== undefined)
      return sent.allOf.some(part => this.#fits(part, received)) ||
        canonicalForm(sent) === canonicalForm(received)
        ? []
        : this.compare(sent.allOf[0] ?? {}, received, path)
    if (received.allOf !== undefined) return received.allOf.flatMap(part => this.compare(sent, part, path))
    if (sent.anyOf !== undefined) return sent.anyOf.flatMap(part => this.compare(part, received, path))
    const values = sent.enum ?? (sent.const === undefined ? undefined : [sent.const])
    if (values !== undefined) return this.#values(values, received, path)
    if (received.anyOf !== undefined) return this.#branches(sent, received, path)
    if (
      received.type === undefined &&
      received['x-open'] === true &&
      isAmong(sent, typeNamesOf(received, {}) ?? [])
    )
      return []
    return this.#plain(sent, received, path)
  }

  /** Would the receiver take any value of the kinds that an open enum lists, any tag of an open union? */
  #takesUnlisted(sent: PlainSchema, received: PlainSchema): boolean {
    const { choices } = unionShape(sent.anyOf === undefined ? { anyOf: [sent] } : sent, this.#sent)
    return [...choices].every(([kind, choice]) => {
      if (choice.by === 'tag') return received.anyOf === undefined
      const isListed = choice.by === 'value' || (choice.by === 'kind' && isLiteral(choice.branch))
      return !isListed || this.#fits({ type: kind }, received)
    })
  }

  #values(values: readonly Literal[], received: PlainSchema, path: string): Incompatibility[] {
    return values.flatMap(value => {
      this.#budget.spend(this.#costs.received.of(received))
      const issue = checkValue(received, this.#received, value)
      return issue === undefined
        ? []
        : [{ path: path + issue.path, message: `may be ${JSON.stringify(value)}, which ${issue.message}` }]
    })
  }

  /** No branch of the receiver accepts it. The one that kind or tag selects says why. */
  #branches(sent: PlainSchema, received: PlainSchema, path: string): Incompatibility[] {
    const meant = this.#meantBranch(sent, received)
    if (meant !== undefined) return this.compare(sent, meant, path)
    const kinds = unionShape(received, this.#received).kinds
    return [
      { path, message: `is ${describe(sent, this.#sent)}, which fits no branch of ${kinds.join(' | ')}` },
    ]
  }

  #meantBranch(sent: PlainSchema, received: PlainSchema): PlainSchema | undefined {
    const [name] = typeNamesOf(sent, this.#sent) ?? []
    if (name === undefined) return undefined
    const choice = unionShape(received, this.#received).choices.get(name === 'integer' ? 'number' : name)
    if (choice?.by === 'kind') return choice.branch
    if (choice?.by !== 'tag') return undefined
    const tag = own(sent.properties, choice.tag)
    const value = tag === undefined ? undefined : resolve(tag, this.#sent).const
    return value === undefined ? undefined : choice.branches.get(value)
  }

  #plain(sent: PlainSchema, received: PlainSchema, path: string): Incompatibility[] {
    if (sent.type === undefined || !isAmong(sent, received.type === undefined ? [] : [received.type]))
      return [
        {
          path,
          message: `is ${describe(sent, this.#sent)}, where ${describe(received, this.#received)} is wanted`,
        },
      ]
    return [
      ...stricterKeywords(sent, received).map(message => ({ path, message })),
      ...(sent.type === 'object' ? this.#objects(sent, received, path) : []),
      ...(sent.type === 'array' ? this.#arrays(sent, received, path) : []),
    ]
  }

  #arrays(sent: PlainSchema, received: PlainSchema, path: string): Incompatibility[] {
    const [mine, theirs] = [sent.items ?? {}, received.items ?? {}]
    if (Array.isArray(theirs)) {
      if (!Array.isArray(mine) || mine.length !== theirs.length)
        return [{ path, message: `is not a tuple of ${theirs.length}` }]
      return mine.flatMap((item, i) => this.compare(item, theirs[i] ?? {}, path + step(i)))
    }
    return (Array.isArray(mine) ? mine : [mine]).flatMap(item => this.compare(item, theirs, `${path}/*`))
  }

  #objects(sent: PlainSchema, received: PlainSchema, path: string): Incompatibility[] {
    const found: Incompatibility[] = []
    for (const name of received.required ?? [])
      if (sent.required?.includes(name) !== true)
        found.push({
          path: path + step(name),
          message:
            own(sent.properties, name) === undefined
              ? 'is missing, but required'
              : 'may be absent, but is required',
        })
    for (const [name, member] of Object.entries(sent.properties ?? {})) {
      const theirs = own(received.properties, name) ?? this.#other(received, name)
      if (theirs === undefined)
        found.push({ path: path + step(name), message: 'is not a known member, and others are refused' })
      else found.push(...this.compare(member, theirs, path + step(name)))
    }
    const [mine, theirs] = [others(sent), others(received)]
    if (mine === undefined) return found
    if (theirs === undefined) found.push({ path, message: 'is a map, where only known members are allowed' })
    else if (
      canonicalForm({ patternProperties: keyed(received) }) !==
        canonicalForm({ patternProperties: keyed(sent) }) &&
      hasPatterns(received)
    )
      found.push({ path, message: 'is a map whose names need not match the patterns of the other' })
    else found.push(...this.compare(mine, theirs, `${path}/*`))
    return found
  }

  /** How the receiver checks a member that it does not name; undefined: it rejects it. */
  #other(received: PlainSchema, name: string): PlainSchema | undefined {
    for (const [pattern, schema] of Object.entries(received.patternProperties ?? {}))
      if (new RegExp(pattern, 'u').test(name)) return schema
    if (received.patternProperties !== undefined || received.additionalProperties === false) return undefined
    return typeof received.additionalProperties === 'object' ? received.additionalProperties : {}
  }
}

/** What a map has for a key, which is `value` where it has nothing yet. */
function add<V>(map: Map<PlainSchema, V>, key: PlainSchema, value: V): V {
  const known = map.get(key)
  if (known === undefined) map.set(key, value)
  return known ?? value
}

/** A map's entries; undefined: there are none but the known members. */
function others(schema: PlainSchema): PlainSchema | undefined {
  const patterned = Object.values(schema.patternProperties ?? {})
  if (patterned.length > 0) return patterned.length === 1 ? patterned[0] : { anyOf: patterned }
  return typeof schema.additionalProperties === 'object' ? schema.additionalProperties : undefined
}
const hasPatterns = (schema: PlainSchema): boolean => schema.patternProperties !== undefined
const keyed = (schema: PlainSchema): PlainTypes =>
  Object.fromEntries(Object.keys(schema.patternProperties ?? {}).map(pattern => [pattern, {}]))

const isLiteral = (schema: PlainSchema): boolean => schema.const !== undefined || schema.enum !== undefined

/** Every integer is a number. */
const isAmong = (schema: PlainSchema, names: readonly TypeName[]): boolean =>
  schema.type !== undefined &&
  (names.includes(schema.type) || (schema.type === 'integer' && names.includes('number')))

function describe(schema: PlainSchema, types: PlainTypes): string {
  const values = valuesOf(schema)
  if (values !== undefined) return values.map(value => JSON.stringify(value)).join(' | ')
  return (typeNamesOf(schema, types) ?? ['anything']).join(' | ')
}
