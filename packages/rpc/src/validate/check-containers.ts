import { byCodePoint, hasEqualElements, maxDepth, memberNames, wellFormed } from '../json/json-value.js'
import { matchesPattern } from '../schema/pattern.js'
import { own, type PlainSchema } from '../schema/plain-schema.js'
import { below, fault, first, memberFault, type Issue, type CheckContext } from './check-context.js'
import { messages } from './issue-messages.js'

export function checkArray(at: CheckContext, value: readonly unknown[]): Issue | undefined {
  if (at.depth >= maxDepth) return fault(at, messages.depth())
  const { items, minItems, maxItems, uniqueItems } = at.schema
  if (Array.isArray(items)) {
    if (value.length !== items.length) return fault(at, messages.exactItems(items.length))
    return first(items.entries(), ([i, item]) => at.walk(below(at, item, i, value[i])))
  }
  if (minItems !== undefined && value.length < minItems) return fault(at, messages.minItems(minItems))
  if (maxItems !== undefined && value.length > maxItems) return fault(at, messages.maxItems(maxItems))
  // Not for … of entries(): arrays may be huge. And no skipping of holes, which JSON writes as null.
  for (let i = 0; i < value.length; i++) {
    const issue = at.walk(below(at, items ?? {}, i, value[i]))
    if (issue !== undefined) return issue
  }
  return uniqueItems === true && hasEqualElements(value) ? fault(at, messages.uniqueItems()) : undefined
}

export function checkObject(at: CheckContext, value: Record<string, unknown>): Issue | undefined {
  if (at.depth >= maxDepth) return fault(at, messages.depth())
  const { properties = {}, required = [], minProperties, maxProperties } = at.schema
  if (minProperties !== undefined || maxProperties !== undefined) {
    const { length } = memberNames(value)
    if (minProperties !== undefined && length < minProperties)
      return fault(at, messages.minProperties(minProperties))
    if (maxProperties !== undefined && length > maxProperties)
      return fault(at, messages.maxProperties(maxProperties))
  }
  for (const name of required)
    if (own(value, name) === undefined) return memberFault(at, name, messages.missing())
  for (const name of Object.keys(properties)) {
    const member = own(value, name)
    const schema = own(properties, name)
    const issue =
      member === undefined || schema === undefined ? undefined : at.walk(below(at, schema, name, member))
    if (issue !== undefined) return issue
  }
  return checkOthers(at, value)
}

/** Members that the schema does not name: entries of a map, or unknown ones, which only a closed object rejects. */
function checkOthers(at: CheckContext, value: Record<string, unknown>): Issue | undefined {
  const { properties = {}, additionalProperties, patternProperties } = at.schema
  if (
    patternProperties === undefined &&
    (additionalProperties === undefined || additionalProperties === true)
  )
    return undefined
  const names = memberNames(value).filter(name => !Object.hasOwn(properties, name))
  return first(names.sort(byCodePoint), name => {
    const entry = (schema: PlainSchema) => at.walk(below(at, schema, name, value[name]))
    if (patternProperties !== undefined) {
      const patterns = Object.keys(patternProperties)
      const fitting = patterns.filter(pattern => matchesPattern(pattern, wellFormed(name)))
      if (fitting.length === 0) return memberFault(at, name, messages.key(patterns))
      return first(fitting, pattern => entry(patternProperties[pattern] ?? {}))
    }
    if (typeof additionalProperties === 'object') return entry(additionalProperties)
    return memberFault(at, name, messages.unknown())
  })
}
