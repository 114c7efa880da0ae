import { lineLength } from './facts.js'

/** What must not stand in a source file as it is: controls, line separators, marks that turn the reading direction. */
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

/** A long text as several literals, none of them wider than `width`. */
export function quotedPieces(text: string, width: number): string[] {
  const pieces: string[] = []
  let piece = ''
  for (const mark of text) {
    if (quoted(piece + mark).length > width) {
      pieces.push(quoted(piece))
      piece = ''
    }
    piece += mark
  }
  return [...pieces, quoted(piece)]
}

/** The inside of an f-string with double quotes. */
export const formatted = (text: string): string => {
  const body = text
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('{', '{{')
    .replaceAll('}', '}}')
  return body.replace(/[\n\r\t]|[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\ufeff]/gu, escaped)
}

/** A comment's text: on one line, whatever it holds. */
export const commented = (text: string): string =>
  text.replace(/\s+/gu, ' ').replace(invisible, escaped).trim()

/** The lines of a docstring that is to stand at `column`. */
export function docstring(texts: readonly string[], column: number): string[] {
  const paragraphs = texts.flatMap((text, i) => (i === 0 ? [text] : ['', text]))
  const all = paragraphs.flatMap(text => text.split(/\r\n?|\n|\u2028|\u2029/u))
  const width = lineLength - column
  const wrapped = all
    .map(line => safe(line.replaceAll('\t', '    ').trimEnd()))
    .flatMap((line, i) => wrap(i === 0 ? line.trimStart() : line, i === 0 ? width - 6 : width))
    .map(unended)
  while (wrapped.length > 1 && wrapped.at(-1) === '') wrapped.pop()
  while (wrapped.length > 1 && wrapped[0] === '') wrapped.shift()
  const [start = '', ...rest] = wrapped
  const first = start.trimStart()
  if (rest.length === 0) return [`"""${first}"""`]
  return [`"""${first}`, ...dedent(rest), '"""']
}

/** Before lines are broken: what is escaped takes more room. */
const safe = (line: string): string => line.replaceAll('\\', '\\\\').replace(invisible, escaped)

/** Quotes are escaped where they could end the docstring: three in a row, at either end of a line. */
function unended(line: string): string {
  const risky = line.includes('"""') || line.startsWith('"') || line.endsWith('"')
  return risky ? line.replaceAll('"', '\\"') : line
}

/** Breaks at spaces; a line's own indentation is kept. */
function wrap(line: string, width: number): string[] {
  if (line.length <= width) return [line]
  const indent = /^ */.exec(line)?.[0] ?? ''
  const out: string[] = []
  let current = ''
  for (const word of line.trim().split(' ')) {
    if (current !== '' && indent.length + current.length + 1 + word.length > width) {
      out.push(indent + current)
      current = word
    } else current = current === '' ? word : `${current} ${word}`
  }
  out.push(indent + current)
  return out
}

function dedent(all: readonly string[]): string[] {
  const least = Math.min(
    ...all.filter(line => line !== '').map(line => line.length - line.trimStart().length),
  )
  return all.map(line => line.slice(Number.isFinite(least) ? least : 0))
}
