import type { PlainContract, PlainSchema } from '@simple-ipc/rpc'
import { stepsOf } from '../../contract/contract-json.js'
import type { Refusal } from '../../contract/codegen-error.js'
import { pascalCase } from '../../naming/words.js'
import { walkContract } from './walk-contract.js'

interface Titled {
  schema: PlainSchema & { title: string }
  path: string
  /** The name that it makes, in the case that languages use. */
  name: string
}

/**
 * Names come from titles, and people give many schemas one title, or that of a type. Such a title is put behind that of
 * what is around it, or behind the type's or method's name.
 */
export function giveOwnTitles(contract: PlainContract): Refusal[] {
  const titled = titledSchemas(contract)
  const types = new Set(Object.keys(contract.types).map(pascalCase))
  const counts = new Map<string, number>()
  for (const { name } of titled) counts.set(name, (counts.get(name) ?? 0) + 1)
  const isShared = ({ name }: Titled): boolean => counts.get(name) !== 1 || types.has(name)
  const taken = new Set([...types, ...counts.keys()])
  return titled.filter(isShared).map(each => rename(each, titled, taken))
}

/** Those of which a name is made: a type of the contract has its own. */
function titledSchemas(contract: PlainContract): Titled[] {
  const found: Titled[] = []
  walkContract(contract, (schema, path) => {
    const isType = /^\/types\/[^/]+$/u.test(path)
    const { title } = schema
    if (!isType && title !== undefined && needsName(schema))
      found.push({ schema: Object.assign(schema, { title }), path, name: pascalCase(title) })
    return true
  })
  return found
}

const needsName = ({
  $ref,
  anyOf,
  allOf,
  enum: values,
  properties,
  items,
  type,
  ...more
}: PlainSchema): boolean =>
  $ref === undefined &&
  (anyOf !== undefined ||
    allOf !== undefined ||
    (values?.length ?? 0) > 1 ||
    (type === 'object' && (properties !== undefined || more.additionalProperties === false)) ||
    Array.isArray(items))

function rename({ schema, path }: Titled, titled: readonly Titled[], taken: Set<string>): Refusal {
  const { title } = schema
  const around = titled.findLast(each => path.startsWith(`${each.path}/`))
  const [part, sort, name] = stepsOf(path)
  const owner = around?.schema.title ?? (part === 'types' ? sort : name) ?? ''
  for (let count = 1; ; count++) {
    const own = `${owner} ${title}${count === 1 ? '' : ` ${count}`}`
    if (taken.has(pascalCase(own))) continue
    taken.add(pascalCase(own))
    schema.title = own
    return { path, message: `is called '${own}', for it is not the only one with the title '${title}'` }
  }
}

/** A schema whose name a language would give to another thing, too, gets a title with a number; undefined if it is none. */
export function numberTitle({ path, message }: Refusal, contract: PlainContract): Refusal | undefined {
  const [, what = '', name] = /^becomes the (.+?) '(.+)', and so does /u.exec(message) ?? []
  if (name === undefined || isOfDocument(what, path)) return undefined
  const taken = new Set(titledSchemas(contract).map(each => each.name))
  let named: Refusal | undefined
  walkContract(contract, (schema, at) => {
    if (at !== path) return named === undefined
    const text = (schema.title ?? name).replace(/ \d+$/u, '')
    let count = 2
    while (taken.has(pascalCase(`${text} ${count}`))) count++
    schema.title = `${text} ${count}`
    named = { path, message: `is called '${schema.title}', for '${name}' is the name of another` }
    return false
  })
  return named
}

/** Members, methods and types are called what the document calls them. */
const isOfDocument = (what: string, path: string): boolean =>
  what === 'field' || what === 'method' || /^\/types\/[^/]+$/u.test(path)
