import { checkValue, type PlainSchema } from '@simple-ipc/rpc'
import type { Pick } from './join-schemas.js'
import type { SchemaDocument } from './schema-document.js'
import { essence } from './either-of.js'

interface Branch {
  schema: PlainSchema
  picks: readonly Pick[]
}

/**
 * A value that fits two branches of oneOf fits none: such branches are refused. Objects, arrays and texts that are not
 * told apart by what they are the generator refuses anyway, for every union.
 */
export function refuseOverlaps(branches: readonly Branch[], document: SchemaDocument): void {
  for (const [i, branch] of branches.entries())
    for (const other of branches.slice(0, i)) {
      const pick = branch.picks.find((each, k) => isOther(each, other.picks[k]))
      const twin = pick && other.picks[branch.picks.indexOf(pick)]
      if (pick === undefined || twin === undefined) continue
      document.whenRead(
        () => [leavesOf(branch.schema, document), leavesOf(other.schema, document)],
        ([some, others]) => {
          const why = some && others && overlap(some, others)
          if (why !== undefined && !document.asks(pick.place.path, 'joined'))
            document.refuse(
              pick.place.path,
              `${why} ${twin.place.path}, so oneOf forbids it; keep it in one of them`,
            )
        },
      )
    }
}

const isOther = (a: Pick, b: Pick | undefined): boolean => a.choice.key === 'oneOf' && a.place !== b?.place

function overlap(some: readonly PlainSchema[], others: readonly PlainSchema[]): string | undefined {
  for (const a of some)
    for (const b of others) {
      if (a === b) return 'accepts what is accepted by'
      if (isAnything(a) || isAnything(b)) return 'overlaps with'
      const twice = valuesOf(a).find(value => valuesOf(b).includes(value))
      if (twice !== undefined) return `lists ${JSON.stringify(twice)} like`
      if (mayOverlap(a, b)) return 'may overlap with'
    }
  return undefined
}

/** Of two that are both texts or both numbers: no value that one lists may fit the other; if none lists them, who knows. */
function mayOverlap(a: PlainSchema, b: PlainSchema): boolean {
  const kind = kindOf(a)
  if (kind === undefined || kindOf(b) !== kind) return false
  const [values, whole] = valuesOf(a).length > 0 ? [valuesOf(a), b] : [valuesOf(b), a]
  if (values.length === 0) return true
  return valuesOf(whole).length === 0 && values.some(value => checkValue(whole, {}, value) === undefined)
}

function kindOf({ type, const: value, enum: values = [] }: PlainSchema): 'text' | 'number' | undefined {
  const kinds = [value, ...values].map(each => typeof each)
  if (type === 'string' || kinds.includes('string')) return 'text'
  return type === 'integer' || type === 'number' || kinds.includes('number') ? 'number' : undefined
}

const isAnything = (schema: PlainSchema): boolean => Object.keys(essence(schema)).length === 0

/** Those that a schema lists, and null. */
function valuesOf(schema: PlainSchema): readonly unknown[] {
  if (schema.const !== undefined) return [schema.const]
  return schema.enum ?? (schema.type === 'null' ? [null] : [])
}

/** The branches of unions, and what references lead to. */
function leavesOf(schema: PlainSchema, document: SchemaDocument, seen = new Set<string>()): PlainSchema[] {
  if (schema.anyOf !== undefined) return schema.anyOf.flatMap(branch => leavesOf(branch, document, seen))
  const { $ref: name } = schema
  if (name === undefined) return [schema]
  if (seen.has(name)) return []
  seen.add(name)
  return leavesOf(document.typeOf(name), document, seen)
}
