import type { PlainContract, PlainSchema, PlainTypes } from '@simple-ipc/rpc'
import { own, stepsOf } from '../../contract/contract-json.js'
import { walkContract } from './walk-contract.js'

/**
 * Unions of which a reader cannot tell the branches, but need not: texts that are checked differently are one text, a
 * number that another branch accepts is nothing of its own, and a union that has itself for a branch is its others. What
 * comes of it accepts exactly what the union did.
 */
export function simplifyUnions(contract: PlainContract): void {
  // What is simpler in one union may make others simpler.
  for (let isChanged = true; isChanged;) {
    isChanged = false
    walkContract(contract, (schema, path) => {
      if (schema.anyOf === undefined || schema['x-open'] === true || schema['x-first-match'] === true)
        return true
      const [part, name, ...more] = stepsOf(path)
      if (part === 'types' && more.length === 0) leaveOutItself(schema, name ?? '')
      isChanged = simplify(schema, contract.types) || isChanged
      return true
    })
  }
}

function leaveOutItself(union: PlainSchema, name: string): void {
  const others = (union.anyOf ?? []).filter(branch => branch.$ref !== name)
  for (const branch of others) if (isBareUnion(branch)) leaveOutItself(branch, name)
  union.anyOf = others.flatMap(branch => {
    if (!isBareUnion(branch)) return [branch]
    const [only, ...more] = branch.anyOf ?? []
    return only === undefined ? [] : more.length === 0 ? [only] : [branch]
  })
}

const isBareUnion = (schema: PlainSchema): boolean => Object.keys(schema).join() === 'anyOf'

const flat = (union: PlainSchema): PlainSchema[] =>
  (union.anyOf ?? []).flatMap(branch => (isBareUnion(branch) ? flat(branch) : [branch]))

/** Joins the branches of one kind to one, where the first of them is; false if there is nothing to join. */
function simplify(union: PlainSchema, types: PlainTypes): boolean {
  const branches = flat(union).map(schema => ({ schema, plain: resolved(schema, types) }))
  let left = branches
  for (const [isOfKind, join] of [
    [isText, joinTexts],
    [isNumber, joinNumbers],
  ] as const) {
    const group = left.filter(({ plain }) => isOfKind(plain))
    const [first, second] = group
    if (first === undefined || second === undefined) continue
    const joined = join(group.map(({ plain }) => plain))
    if (joined === undefined) continue
    // One that accepts all keeps its name.
    const whole = group.find(({ plain }) => plain === joined)?.schema ?? joined
    left = left.flatMap(branch =>
      branch === first ? [{ schema: whole, plain: joined }] : group.includes(branch) ? [] : [branch],
    )
  }
  if (left.length === branches.length) return false
  const [only, ...more] = left
  if (only === undefined || more.length > 0) union.anyOf = left.map(({ schema }) => schema)
  else {
    delete union.anyOf
    Object.assign(union, { ...only.schema, ...union })
  }
  return true
}

function resolved(schema: PlainSchema, types: PlainTypes): PlainSchema {
  let at = schema
  // References may lead round in a circle, which is refused elsewhere.
  for (let steps = 0; at.$ref !== undefined && steps < 100; steps++) at = own(types, at.$ref) ?? {}
  return at
}

// ---- texts ---------------------------------------------------------------------------------------------------------

const isText = (schema: PlainSchema): boolean =>
  schema['x-open'] !== true && (schema.type === 'string' || textsOf(schema) !== undefined)

/** The texts that a schema lists. */
function textsOf({ const: value, enum: values, pattern, ...more }: PlainSchema): string[] | undefined {
  const list = value === undefined ? values : [value]
  const isPlain = pattern === undefined && more.format === undefined && more['x-open'] !== true
  return isPlain && list?.every(isAText) === true ? list : undefined
}

const isAText = (value: unknown): value is string => typeof value === 'string'

function joinTexts(group: readonly PlainSchema[]): PlainSchema | undefined {
  const lists = group.map(textsOf)
  const values = [...new Set(lists.flatMap(list => list ?? []))]
  // A list of values each with its words, which needs no help.
  if (lists.every(list => list !== undefined)) return undefined
  const any = group.find((schema, i) => lists[i] === undefined && limitsOf(schema) === '{}')
  if (any !== undefined) return values.length === 0 ? any : { enum: values, 'x-open': true }
  const others = group.filter((_, i) => lists[i] === undefined)
  const [first] = others
  if (first !== undefined && values.length === 0 && others.every(each => limitsOf(each) === limitsOf(first)))
    return first
  const patterns = others.map(patternOf)
  if (!patterns.every(pattern => pattern !== undefined)) return undefined
  const listed = values.length === 0 ? [] : [`^(?:${values.map(escaped).join('|')})$`]
  return {
    type: 'string',
    pattern: [...new Set([...patterns, ...listed])].map(each => `(?:${each})`).join('|'),
  }
}

const limitsOf = ({ minLength, maxLength, pattern, format, contentEncoding }: PlainSchema): string =>
  JSON.stringify({ minLength, maxLength, pattern, format, contentEncoding })

/** Undefined if it is not a pattern alone. */
const patternOf = ({ pattern, ...more }: PlainSchema): string | undefined =>
  limitsOf(more) === '{}' ? pattern : undefined

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&')

// ---- numbers -------------------------------------------------------------------------------------------------------

const isNumber = ({ type, const: value, enum: values }: PlainSchema): boolean =>
  type === 'integer' || type === 'number' || [value, ...(values ?? [])].some(each => typeof each === 'number')

/** The one that accepts all others; undefined if there is none. */
const joinNumbers = (group: readonly PlainSchema[]): PlainSchema | undefined =>
  group.find(whole => group.every(part => part === whole || acceptsNumbers(whole, part)))

function acceptsNumbers(whole: PlainSchema, part: PlainSchema): boolean {
  if (numberText(whole) !== numberText({ type: whole.type as 'number' })) return sameLimits(whole, part)
  if (whole.type === 'number') return part.enum === undefined || part.enum.every(isANumber)
  const values = part.const === undefined ? part.enum : [part.const]
  return values === undefined ? part.type === 'integer' : values.every(Number.isInteger)
}

const isANumber = (value: unknown): boolean => typeof value === 'number'

const sameLimits = (a: PlainSchema, b: PlainSchema): boolean => numberText(a) === numberText(b)
const numberText = ({ type, const: value, enum: values, ...more }: PlainSchema): string => {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = more
  return JSON.stringify({
    type,
    value,
    values,
    minimum,
    maximum,
    exclusiveMinimum,
    exclusiveMaximum,
    multipleOf,
  })
}
