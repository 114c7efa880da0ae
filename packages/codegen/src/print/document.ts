import { widthOf } from './text-width.js'

// A document is text with places where it may go to a new line; printing decides which of them do, as Wadler's and
// Oppen's printers do: a group is on one line if it fits there, else all of its own places break.

export type Doc = string | readonly Doc[] | Line | Indent | Group | Choice | IfBroken | Fill
interface Line {
  kind: 'line'
  /** What is written if the line is not broken. */
  flat: '' | ' '
}
interface Indent {
  kind: 'indent'
  doc: Doc
  /** Only if this group is broken. */
  where?: Group
}
interface Group {
  kind: 'group'
  doc: Doc
  broken: boolean
}
interface Choice {
  kind: 'choice'
  doc: Doc
  otherwise: Doc
}
interface IfBroken {
  kind: 'if-broken'
  text: Doc
}
/** As many on a line as there is room for. */
interface Fill {
  kind: 'fill'
  items: readonly string[]
}

/** A space, or a new line. */
export const line: Doc = { kind: 'line', flat: ' ' }
/** Nothing, or a new line. */
export const softLine: Doc = { kind: 'line', flat: '' }
export const indent = (...doc: readonly Doc[]): Doc => ({ kind: 'indent', doc })
/** Indented if that group, which comes before, is broken. */
export const indentAfter = (where: Group, doc: Doc): Doc => ({ kind: 'indent', doc, where })
/** On one line if it fits and no group in it must be broken. */
export const group = (...doc: readonly Doc[]): Group => ({ kind: 'group', doc, broken: holdsBroken(doc) })
export const brokenGroup = (...doc: readonly Doc[]): Group => ({ kind: 'group', doc, broken: true })
/** `doc`, if there is room for it up to the first of its places that breaks; `otherwise`, if not. */
export const choice = (doc: Doc, otherwise: Doc): Doc => ({ kind: 'choice', doc, otherwise })
export const ifBroken = (...text: readonly Doc[]): Doc => ({ kind: 'if-broken', text })
export const fill = (items: readonly string[]): Doc => ({ kind: 'fill', items })
export const join = (between: Doc, docs: readonly Doc[]): Doc[] =>
  docs.flatMap((doc, i) => (i === 0 ? [doc] : [between, doc]))

const isList = (doc: Doc): doc is readonly Doc[] => Array.isArray(doc)

/** Must it go over several lines? */
export function holdsBroken(doc: Doc): boolean {
  if (typeof doc === 'string') return false
  if (isList(doc)) return doc.some(holdsBroken)
  if (doc.kind === 'group') return doc.broken
  return (doc.kind === 'indent' || doc.kind === 'choice') && holdsBroken(doc.doc)
}

interface Task {
  doc: Doc
  depth: number
  flat: boolean
}

/** The lines of a document, none wider than `width` where that can be. */
export function printed(doc: Doc, width: number): string[] {
  const lines = ['']
  let used = 0
  const broken = new Set<Group>()
  const tasks: Task[] = [{ doc, depth: 0, flat: false }]
  const write = (text: string): void => {
    lines.push((lines.pop() ?? '') + text)
    used += widthOf(text)
  }
  const newLine = (depth: number): void => {
    lines.push((lines.pop() ?? '').trimEnd(), '  '.repeat(depth))
    used = 2 * depth
  }
  for (let task = tasks.pop(); task !== undefined; task = tasks.pop()) {
    const { doc, depth, flat } = task
    if (typeof doc === 'string') write(doc)
    else if (isList(doc)) tasks.push(...doc.map(part => ({ doc: part, depth, flat })).reverse())
    else
      switch (doc.kind) {
        case 'line':
          if (flat) write(doc.flat)
          else newLine(depth)
          break
        case 'indent': {
          const isDeeper = doc.where === undefined || broken.has(doc.where)
          tasks.push({ doc: doc.doc, depth: depth + (isDeeper ? 1 : 0), flat })
          break
        }
        case 'group': {
          const inside = { doc: doc.doc, depth, flat: flat && !doc.broken }
          const fits = !inside.flat && !doc.broken && hasRoom({ ...inside, flat: true }, tasks, width - used)
          if (fits) inside.flat = true
          if (!inside.flat) broken.add(doc)
          tasks.push(inside)
          break
        }
        case 'choice': {
          const room = (flat: boolean): boolean => hasRoom({ doc: doc.doc, depth, flat }, tasks, width - used)
          const isFlat = flat || (!holdsBroken(doc.doc) && room(true))
          tasks.push({ doc: isFlat || room(false) ? doc.doc : doc.otherwise, depth, flat: isFlat })
          break
        }
        case 'if-broken':
          if (!flat) tasks.push({ doc: doc.text, depth, flat })
          break
        case 'fill':
          for (const [i, item] of doc.items.entries()) {
            const isLast = i === doc.items.length - 1
            const text = isLast ? item : `${item},`
            if (i > 0 && (flat || used + 1 + widthOf(`${item},`) <= width)) write(' ')
            else if (i > 0) newLine(depth)
            write(text)
          }
      }
  }
  return lines
}

/** Is there room for it, and for all that follows up to the next place that may break? */
function hasRoom(first: Task, rest: readonly Task[], width: number): boolean {
  const tasks: Task[] = [first]
  let left = width
  let following = rest.length
  while (left >= 0) {
    const task = tasks.pop() ?? rest[--following]
    if (task === undefined) return true
    const { doc, depth, flat } = task
    if (typeof doc === 'string') left -= widthOf(doc)
    else if (isList(doc)) tasks.push(...doc.map(part => ({ doc: part, depth, flat })).reverse())
    else
      switch (doc.kind) {
        case 'line':
          if (!flat) return true
          left -= doc.flat.length
          break
        case 'indent':
          tasks.push({ doc: doc.doc, depth, flat })
          break
        case 'group':
          tasks.push({ doc: doc.doc, depth, flat: flat && !doc.broken })
          break
        case 'choice':
          tasks.push({ doc: flat ? doc.doc : doc.otherwise, depth, flat })
          break
        case 'if-broken':
          if (!flat) tasks.push({ doc: doc.text, depth, flat })
          break
        case 'fill':
          if (!flat) return left >= widthOf(doc.items[0] ?? '')
          left -= widthOf(doc.items.join(', '))
      }
  }
  return false
}
