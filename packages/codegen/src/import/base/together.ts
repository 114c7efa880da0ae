import type { Refusal } from '../../contract/codegen-error.js'

/** One line for the same thing said of many places. */
export function together(notes: readonly Refusal[]): Refusal[] {
  const found = new Map<string, Refusal[]>()
  for (const note of notes) {
    const key = `${note.path.slice(note.path.lastIndexOf('/'))} ${note.message}`
    const same = found.get(key)
    if (same === undefined) found.set(key, [note])
    else same.push(note)
  }
  return [...found.values()].flatMap(([first, ...more]) =>
    first === undefined
      ? []
      : [{ ...first, path: more.length === 0 ? first.path : `${first.path} and ${more.length} more` }],
  )
}
