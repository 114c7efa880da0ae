import { widthByCharacter as width } from '../../../print/text-width.js'
import { lineLength } from './line-length.js'

/** What is escaped in a source file: controls, line separators, marks that change the reading direction. */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\ufeff]/gu

const escaped = (mark: string): string => {
  const code = mark.codePointAt(0) ?? 0
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`
  return code < 0x10000
    ? `\\u${code.toString(16).padStart(4, '0')}`
    : `\\U${code.toString(16).padStart(8, '0')}`
}

/** A string literal. */
export function quoted(text: string): string {
  const body = text
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    .replace(invisible, escaped)
  // As black does: the quotes that need fewer escapes, double ones if it is the same.
  const doubles = body.split('"').length
  const singles = body.split("'").length
  return doubles > singles ? `'${body.replaceAll("'", "\\'")}'` : `"${body.replaceAll('"', '\\"')}"`
}

const markWidth = (mark: string): number => (mark === '"' || mark === "'" ? 2 : width(quoted(mark)) - 2)

/** A long text as several literals, none of them wider than `most`. */
export function quotedPieces(text: string, most: number): string[] {
  const pieces: string[] = []
  let piece = ''
  // At most so wide, whichever quotes stand around it: that need not be measured anew for each mark.
  let atMost = 2
  for (const mark of text) {
    const wide = markWidth(mark)
    if (atMost + wide > most && width(quoted(piece + mark)) > most) {
      pieces.push(quoted(piece))
      piece = ''
      atMost = 2
    }
    piece += mark
    atMost += wide
  }
  return [...pieces, quoted(piece)]
}

/** A comment's text: on one line, whatever it holds. */
export const commented = (text: string): string =>
  text.replace(/\s+/gu, ' ').replace(invisible, escaped).trim()

/**
 * A comment's text where Python looks for the encoding of the file, in its first two lines (PEP 263): it must not read
 * one there.
 */
export const uncoded = (text: string): string => text.replace(/coding(?=[:=])/g, 'coding ')

/** The lines of a docstring at `column`. */
export function docstring(texts: readonly string[], column: number): string[] {
  const paragraphs = texts.flatMap((text, i) => (i === 0 ? [text] : ['', text]))
  const all = paragraphs
    .flatMap(text => text.split(/\r\n?|\n|\u2028|\u2029/u))
    .map(line => noHeading(safe(line.replaceAll('\t', '    ').trimEnd())))
  while (all.length > 1 && all.at(-1) === '') all.pop()
  while (all.length > 1 && all[0] === '') all.shift()
  const room = lineLength - column
  const [first = '', ...rest] = all
  // The quotes at the end stand on the line of a docstring that has no other.
  const isAlone = rest.length === 0
  const [start = '', ...more] = wrap(first.trim(), room - (isAlone ? 6 : 3))
  if (isAlone && more.length === 0) return [`"""${unended(start)}"""`]
  const lines = [...more, ...dedent(rest).flatMap(line => wrap(line, room))]
  return [`"""${unended(start)}`, ...lines.map(unended), '"""']
}

/** Before lines are broken: what is escaped takes more room. */
const safe = (line: string): string => line.replaceAll('\\', '\\\\').replace(invisible, escaped)

/** Linters take these words, alone on a line, for headings of sections with rules of their own; in bold they are text. */
const noHeading = (line: string): string =>
  headings.test(line) ? line.replace(/[\p{L} ]+\p{L}[ :]*/u, text => `**${text.trim()}**`) : line
const headings = new RegExp(
  `^ *(?:${[
    ...[
      'args',
      'arguments',
      'attention',
      'attributes',
      'caution',
      'danger',
      'error',
      'examples?',
      'extended summary',
    ],
    ...['hint', 'important', 'keyword arg(?:ument)?s', 'methods', 'notes?', 'other arg(?:ument)?s'],
    ...['other param(?:eter)?s', 'parameters', 'raises', 'receives', 'references', 'returns?', 'see also'],
    ...['short summary', 'tips?', 'todos?', 'warnings?', 'warns', 'yields?'],
  ].join('|')})[ :]*$`,
  'iu',
)

/** Quotes are escaped where they could end the docstring: three in a row, at either end of a line. */
function unended(line: string): string {
  return isRisky(line) ? line.replaceAll('"', '\\"') : line
}
const isRisky = (line: string): boolean => line.includes('"""') || line.startsWith('"') || line.endsWith('"')

/** Breaks at spaces. */
export const wrapped = (text: string, most: number): string[] => wrap(text, most, width)

/** A line's own indentation is kept. */
function wrap(
  line: string,
  most: number,
  widthOf = (text: string): number => width(unended(text)),
): string[] {
  const fits = (text: string): boolean => widthOf(text) <= most
  if (fits(line)) return [line]
  const indent = /^ */.exec(line)?.[0] ?? ''
  const out: string[] = []
  let current = ''
  for (const word of line.trim().split(' ')) {
    // Of several spaces at the end of a line none is left.
    if (current === '' && word === '') continue
    const longer = current === '' ? word : `${current} ${word}`
    if (current !== '' && !fits(indent + longer)) {
      out.push((indent + current).trimEnd())
      current = word
    } else current = longer
  }
  out.push((indent + current).trimEnd())
  return out
}

function dedent(all: readonly string[]): string[] {
  const least = Math.min(
    ...all.filter(line => line !== '').map(line => line.length - line.trimStart().length),
  )
  return all.map(line => line.slice(Number.isFinite(least) ? least : 0))
}
