import { maxDepth, wellFormed } from '../json/json-value.js'
import { jsonKind, own, type Literal, type PlainSchema } from '../schema/plain-schema.js'
import { unionShape, type UnionChoice } from '../schema/union-shape.js'
import { fault, memberFault, type Issue, type CheckContext } from './check-context.js'
import { isListed } from './check-scalar.js'
import { messages } from './issue-messages.js'

export function checkUnion(at: CheckContext): Issue | undefined {
  const shape = unionShape(at.schema, at.types)
  const kind = jsonKind(at.value)
  const choice = kind === undefined ? undefined : shape.choices.get(kind)
  if (shape.any) return at.walk({ ...at, schema: {} })
  return choice === undefined ? fault(at, messages.kind(shape.kinds)) : checkChoice(at, choice)
}

function checkChoice(at: CheckContext, choice: UnionChoice): Issue | undefined {
  const isOpen = at.schema['x-open'] === true
  switch (choice.by) {
    case 'kind':
      return isOpen && isLiteral(choice.branch) ? undefined : at.walk({ ...at, schema: choice.branch })
    case 'value': {
      const value = typeof at.value === 'string' ? wellFormed(at.value) : (at.value as Literal)
      return isOpen || isListed(choice.values, value) ? undefined : fault(at, messages.enum(choice.values))
    }
    case 'tag':
      return checkTagged(at, choice, isOpen)
    case 'trial':
      return choice.branches.some(schema => fits(at, schema))
        ? undefined
        : fault(at, messages.shapes(choice.branches.length))
  }
}

/** Remembered for objects and arrays, which may have such unions inside. */
function fits(at: CheckContext, schema: PlainSchema): boolean {
  if (typeof at.value !== 'object') return at.walk({ ...at, schema }) === undefined
  const known = at.tried.get(at.value) ?? new Map<PlainSchema, boolean>()
  at.tried.set(at.value, known)
  const before = known.get(schema)
  if (before !== undefined) return before
  const result = at.walk({ ...at, schema }) === undefined
  known.set(schema, result)
  return result
}

const isLiteral = (schema: PlainSchema): boolean => schema.const !== undefined || schema.enum !== undefined

function checkTagged(
  at: CheckContext,
  choice: Extract<UnionChoice, { by: 'tag' }>,
  isOpen: boolean,
): Issue | undefined {
  if (at.depth >= maxDepth) return fault(at, messages.depth())
  const value = at.value as Record<string, unknown>
  const tag = own(value, choice.tag)
  if (tag === undefined) return memberFault(at, choice.tag, messages.missing())
  const branch = choice.branches.get((typeof tag === 'string' ? wellFormed(tag) : tag) as Literal)
  if (branch !== undefined) return at.walk({ ...at, schema: branch })
  const tags = [...choice.branches.keys()]
  if (!isOpen) return memberFault(at, choice.tag, messages.enum(tags))
  const kinds = new Set(tags.map(known => jsonKind(known) ?? 'null'))
  const kind = jsonKind(tag)
  return kind !== undefined && kinds.has(kind)
    ? undefined
    : memberFault(at, choice.tag, messages.kind([...kinds]))
}
