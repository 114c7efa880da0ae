import {
  brokenGroup,
  choice,
  group,
  holdsBroken,
  join,
  line,
  printed,
  type Doc,
} from '../../print/document.js'
import { propertyName, quoted } from '../../print/javascript-text.js'
import { dataDoc } from '../../targets/typescript/print/data.js'
import * as layout from '../../targets/typescript/print/layout.js'
import { lineLength } from '../../targets/typescript/print/line-length.js'

// Expressions as prettier lays them out: what they are decides where the code around them may go to a new line.

export interface Code {
  doc: Doc
  is: 'array' | 'object' | 'text' | 'literal' | 'call'
  /** Nothing in it may go to a new line: an empty list, a short text, a call with such an argument alone. */
  isShort: boolean
  /** Numbers, as many on a line as there is room for. */
  isFilled?: boolean
}

export function array(items: readonly Code[]): Code {
  const docs = items.map(({ doc }) => doc)
  return { is: 'array', isShort: items.length === 0, doc: group(layout.listed('[', docs, ']')) }
}

/** `{ a, b }`; an open one always goes over several lines. */
export function object(members: readonly Doc[], isOpen = false): Code {
  const isEmpty = members.length === 0
  const doc = layout.listed('{', members, '}', line)
  return { is: 'object', isShort: isEmpty, doc: isOpen && !isEmpty ? brokenGroup(doc) : group(doc) }
}

/** A JSON value. */
export function json(value: unknown): Code {
  const doc = dataDoc(value)
  if (typeof value === 'string') return { is: 'text', isShort: isShortText(doc), doc }
  if (typeof value !== 'object' || value === null) return { is: 'literal', isShort: true, doc }
  const isShort = Object.keys(value).length === 0
  if (!Array.isArray(value)) return { is: 'object', isShort, doc }
  const isFilled = value.length > 1 && value.every(item => typeof item === 'number')
  return { is: 'array', isShort, isFilled, doc }
}

/** A string; over several lines where it has some. */
export function text(value: string): Code {
  const parts = value.split(/(?<=\n)(?=[^\n])/)
  if (value.length <= 60 || parts.length === 1) return json(value)
  return { is: 'text', isShort: false, doc: group(join([' +', line], parts.map(quoted))) }
}

/** `head(a, b)`: the last argument alone goes over several lines, if it can and the one before it is of another sort. */
export function call(head: Doc, ...args: readonly Code[]): Code {
  const [last, previous] = args.toReversed()
  if (last === undefined) return { is: 'call', isShort: true, doc: [head, '()'] }
  const docs = args.map(({ doc }) => doc)
  const over = layout.call(head, docs)
  const before = docs.slice(0, -1)
  if (canStay(last, previous) && !before.some(holdsBroken)) {
    const start = before.map(doc => `${flat(doc)}, `)
    return { is: 'call', isShort: false, doc: choice([head, '(', start, last.doc, ')'], over) }
  }
  return { is: 'call', isShort: previous === undefined && isShortArgument(last), doc: over }
}

const canStay = (last: Code, previous: Code | undefined): boolean =>
  (last.is === 'array' || last.is === 'object') &&
  !last.isShort &&
  last.is !== previous?.is &&
  (last.isFilled !== true || previous === undefined)

/** Behind which a new line wins nothing; a call is such an argument only if it is of a bare name: `Bytes()`. */
const isShortArgument = ({ is, isShort, doc }: Code): boolean =>
  isShort && (is === 'text' || is === 'literal' || (is === 'call' && !flat(doc).includes('.')))

const isShortText = (doc: Doc): boolean => flat(doc).length <= lineLength / 4

const flat = (doc: Doc): string => printed(doc, Infinity).join('')

/** `name: value`. */
export function member(name: string, { is, isShort, doc }: Code): Doc {
  const head = `${propertyName(name)}:`
  if (layout.isShortHead(head) || (is === 'literal' && /^[\dtf]/.test(flat(doc)))) return [head, ' ', doc]
  return is === 'text' || (is === 'call' && isShort)
    ? layout.assignedBelow(head, doc)
    : layout.assigned(head, doc)
}
