import { visible } from '../../../print/javascript-text.js'
import { lineLength } from './line-length.js'

/** A comment's text: on one line, whatever it holds. */
export const commented = (text: string): string => visible(text.replace(/\s+/gu, ' ')).trim()

/** A block tag of a doc comment. */
export interface Tag {
  tag: string
  text: string
}

/** The lines of a doc comment at `column`; none if there is no text. */
export function docComment(texts: readonly string[], column: number, tags: readonly Tag[] = []): string[] {
  const paragraphs = texts.flatMap((text, i) => (i === 0 ? [text] : ['', text]))
  const all = paragraphs.flatMap(text => text.split(/\r\n?|\n|\u2028|\u2029/u))
  const width = lineLength - column - 3
  const lines = all.flatMap(line => wrap(safe(line.replaceAll('\t', '  ').trimEnd()), width))
  while (lines.at(-1) === '') lines.pop()
  while (lines[0] === '') lines.shift()
  if (tags.length > 0 && lines.length > 0) lines.push('')
  for (const { tag, text } of tags) lines.push(...wrap(`@${tag} ${safe(commented(text))}`.trimEnd(), width))
  const [first, ...more] = lines
  if (first === undefined) return []
  if (more.length === 0 && first.length + column + 7 <= lineLength) return [`/** ${first.trim()} */`]
  return ['/**', ...lines.map(line => (line === '' ? ' *' : ` * ${line}`)), ' */']
}

/** Nothing in it ends the comment, or is a tag that the contract's author did not mean. */
const safe = (line: string): string => visible(line.replaceAll('*/', '*\\/').replace(/^(\s*)@/u, '$1\\@'))

/** Breaks at spaces; a line's own indentation is kept. */
function wrap(line: string, width: number): string[] {
  if (line.length <= width) return [line]
  const indent = /^ */.exec(line)?.[0] ?? ''
  const out: string[] = []
  let current = ''
  for (const word of line.trim().split(' ')) {
    // Of several spaces at the end of a line none is left.
    if (current === '' && word === '') continue
    // A line must not begin with what only looks like a tag there.
    if (current !== '' && indent.length + current.length + 1 + word.length > width && !word.startsWith('@')) {
      out.push((indent + current).trimEnd())
      current = word
    } else current = current === '' ? word : `${current} ${word}`
  }
  out.push((indent + current).trimEnd())
  return out
}
