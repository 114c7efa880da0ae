import {
  group,
  ifBroken,
  indent,
  indentAfter,
  join,
  line,
  printed,
  softLine,
  type Doc,
} from '../../../print/document.js'
import { widthOf } from '../../../print/text-width.js'
import { lineLength } from './line-length.js'

// What the parts of TypeScript are as documents, so that they come out as prettier lays them out.

/** The lines of a document at `column`. */
export const laidOut = (doc: Doc, column: number): string[] => printed(doc, lineLength - column)

/** `head(a, b)`; the brackets are on lines of their own if the parts are. */
export function listed(open: string, parts: readonly Doc[], close: string, inside: Doc = softLine): Doc {
  if (parts.length === 0) return open + close
  return [open, indent(inside, join([',', line], parts)), ifBroken(','), inside, close]
}

/** A function's parameters, or what is handed to it, with what stands before. */
export const call = (head: Doc, parts: readonly Doc[]): Doc => group(head, group(listed('(', parts, ')')))

/** A function's head: its parameters go over lines before the type of what it returns does. */
export const signature = (head: string, parameters: readonly Doc[], returns: Doc): Doc =>
  group(head, listed('(', parameters, ')'), ': ', returns)

/** `left right`, the right side going to a line of its own if only its beginning finds no room. */
export function assigned(left: string, right: Doc): Doc {
  const between = group(indent(line))
  return group(left, between, indentAfter(between, right))
}

/** `left right`, the right side going to a line of its own if it is not on one line else. */
export const assignedBelow = (left: string, right: Doc): Doc => group(left, group(indent(line, right)))

/** `name:` behind which a new line would win nothing: the value stays where it is. */
export const isShortHead = (head: string): boolean => widthOf(head) <= 5
