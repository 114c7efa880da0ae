import { CodegenError, type Refusal } from '../contract/codegen-error.js'
import { stepsOf } from '../contract/contract-json.js'
import { Exceptions, type Exception } from './base/exceptions.js'
import type { ImportResult } from './base/import-result.js'
import { keywords } from './json-schema/json-schema-keywords.js'
import { resolveExceptions } from './resolve-exceptions.js'

type Instead = Exception['instead']

/** How often what was decided may lead to further refusals. */
const mostRounds = 100

/**
 * Exceptions for all that is refused, each with what else could be chosen: those that are known already, and new ones.
 * The first choice keeps most of the document; where it does not help, the next one is taken.
 */
export function suggestExceptions(
  read: (exceptions: Exceptions) => ImportResult,
  known: readonly Exception[],
  source: string,
): Exception[] {
  const found = new Map<string, Suggestion>()
  for (let round = 0; round < mostRounds; round++) {
    const list = [...known, ...[...found.values()].flatMap(written)]
    const exceptions = new Exceptions(list)
    const imported = read(exceptions)
    const refusals = refusalsOf(imported, exceptions, source)
    if (refusals === undefined)
      return together(
        list.filter(each => known.includes(each) || exceptions.used.has(each)),
        known,
      )
    const isInDocument = imported.refusals.length > 0
    let isNew = false
    for (const refusal of isInDocument ? imported.refusals : chosen(refusals))
      isNew = suggest(refusal, isInDocument, found) || isNew
    if (!isNew) throw new CodegenError(`${source} needs more than exceptions; correct it`, refusals)
  }
  throw new CodegenError(`${source} needs more than exceptions can say; correct it`)
}

function refusalsOf(
  imported: ImportResult,
  exceptions: Exceptions,
  source: string,
): readonly Refusal[] | undefined {
  try {
    resolveExceptions(imported, exceptions, source)
    return undefined
  } catch (error) {
    if (error instanceof CodegenError && error.refusals.length > 0) return error.refusals
    throw error
  }
}

/** First the unions that are written in what is refused, not those that only lead to one. */
function chosen(refusals: readonly Refusal[]): readonly Refusal[] {
  const own = refusals.filter(({ path, message }) => !isUnion(message) || message.startsWith(`${path}/`))
  return own.length > 0 ? own : refusals
}

const isUnion = (message: string): boolean =>
  message.includes('cannot be distinguished') || message.startsWith('tries /')

interface Suggestion {
  path: string
  message: string
  choices: readonly Instead[]
  at: number
}

const written = ({ path, message, choices, at }: Suggestion): Exception[] => {
  const instead = choices[at]
  return instead === undefined ? [] : [{ path, instead, reason: message, choices: choices.slice(at + 1) }]
}

/** Adds a suggestion, or takes the next choice of one that did not help; false if there is none. */
function suggest(refusal: Refusal, isInDocument: boolean, found: Map<string, Suggestion>): boolean {
  const { path, message } = refusal
  // What joining leads to is worse than to try the branches in turn.
  const joined = [...found.values()].find(
    each =>
      each.choices[each.at] === 'joined' &&
      path.startsWith(`${each.path}/`) &&
      !/^.anyOf/u.test(path.slice(each.path.length)),
  )
  const known = joined?.choices[joined.at + 1] === 'first-match' ? joined : found.get(path)
  if (known === undefined) {
    found.set(path, { path, message, choices: choicesOf(refusal, isInDocument), at: 0 })
    return true
  }
  known.at++
  if (known.at < known.choices.length) return true
  // Nothing helps at this place: what is around it goes.
  const outer = path.slice(0, path.lastIndexOf('/'))
  return outer !== '' && !found.has(outer) && suggest({ path: outer, message }, isInDocument, found)
}

function choicesOf({ path, message }: Refusal, isInDocument: boolean): Instead[] {
  const names = stepsOf(path)
  const last = names.at(-1) ?? ''
  const isName = ['properties', 'patternProperties', '$defs', 'definitions'].includes(names.at(-2) ?? '')
  if (isUnion(message)) return ['joined', 'first-match', {}, 'nothing']
  const way = /exception "(or-null|typed)"/u.exec(message)?.[1] as Instead | undefined
  if (way !== undefined) return [way, 'nothing', {}]
  if (message.includes('oneOf forbids it')) return ['joined', 'nothing', {}]
  // Without one keyword a schema accepts more than it did, and nothing is lost.
  if (keywords.has(last) && !isName) return ['nothing', {}]
  if (names.includes('errors')) return ['nothing']
  const isSchema = !isInDocument || names.some(name => schemas.includes(name))
  return isSchema ? [{}, 'nothing'] : ['nothing']
}

const schemas = [
  'schema',
  'schemas',
  '$defs',
  'definitions',
  'properties',
  'items',
  'anyOf',
  'oneOf',
  'allOf',
]

/** One exception for the same thing at the same place of many methods or schemas; what is left out is named one by one. */
function together(list: readonly Exception[], known: readonly Exception[]): Exception[] {
  const groups = new Map<string, Exception[]>()
  for (const exception of list) {
    const { path, instead, reason } = exception
    const isAlone = known.includes(exception) || (instead !== 'or-null' && instead !== 'typed')
    const key = isAlone ? path : `${wider(exception)} ${reason}`
    groups.set(key, [...(groups.get(key) ?? []), exception])
  }
  return [...groups.values()].flatMap(([first, ...more]) =>
    first === undefined ? [] : [more.length === 0 ? first : { ...first, path: wider(first) }],
  )
}

const wider = ({ path, instead }: Exception): string =>
  instead === 'typed' ? `/**${path.slice(path.lastIndexOf('/'))}` : path.replace(/\/\d+(?=\/|$)/gu, '/*')
