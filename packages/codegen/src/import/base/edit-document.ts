import { stepsOf } from '../../contract/contract-json.js'
import type { Exceptions } from './exceptions.js'
import { placesOf } from './paths.js'

/**
 * The document as exceptions want it read: without what is to be left out, and with errors as they are to be. The places
 * of all else stay what they are.
 */
export function editedDocument(document: unknown, exceptions: Exceptions): unknown {
  const edits = exceptions.all.flatMap(exception =>
    isEdit(exception) ? placesOf(document, exception.path).map(path => ({ exception, path })) : [],
  )
  if (edits.length === 0) return document
  const copy = structuredClone(document)
  for (const { exception, path } of edits) {
    exceptions.used.add(exception)
    const names = stepsOf(path)
    const last = names.pop() ?? ''
    let owner: unknown = copy
    for (const name of names) owner = (owner as Record<string, unknown> | undefined)?.[name]
    if (typeof owner !== 'object' || owner === null) continue
    // In a list there is a hole, so that the others keep their numbers.
    if (exception.instead === 'nothing') leaveOut(owner as Record<string, unknown>, last)
    else Object.assign((owner as Record<string, object>)[last] ?? {}, exception.instead)
    if (exception.instead === 'nothing' && names.at(-1) === 'properties') forget(copy, names, last)
  }
  return copy
}

const isEdit = ({ path, instead }: { path: string; instead: unknown }): boolean =>
  instead === 'nothing' || (typeof instead === 'object' && /\/errors\/[^/]+$/u.test(path))

function leaveOut(owner: Record<string, unknown>, name: string): void {
  Reflect.deleteProperty(owner, name)
}

/** A member that is gone is not required. */
function forget(document: unknown, names: readonly string[], member: string): void {
  let at: unknown = document
  for (const name of names.slice(0, -1)) at = (at as Record<string, unknown> | undefined)?.[name]
  const schema = at as { required?: unknown }
  if (Array.isArray(schema.required)) schema.required = schema.required.filter(name => name !== member)
}
