/** What must not stand in a source file as it is: controls, line separators, marks that turn the reading direction. */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\ufeff]/gu

const escaped = (mark: string): string => {
  const code = mark.codePointAt(0) ?? 0
  return code < 0x10000
    ? `\\u${code.toString(16).padStart(4, '0')}`
    : `\\U${code.toString(16).padStart(8, '0')}`
}

/** A string literal: a raw one where that needs fewer escapes. */
export function quoted(text: string): string {
  if (/["\\]/.test(text) && !text.includes('`') && text.search(invisible) < 0) return `\`${text}\``
  const body = text
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    .replace(invisible, escaped)
  return `"${body}"`
}

/** A text within a comment's line, whatever it holds. */
export const commented = (text: string): string =>
  text.replace(/\s+/gu, ' ').replace(invisible, escaped).trim()

const width = 80

/**
 * The lines of a comment. gofmt takes indented lines for code, moves lines that define a link, and makes curved quotes
 * of two straight ones: so lines begin without space here, define no link, and have the quotes that it would write.
 */
export function comment(texts: readonly string[]): string[] {
  const paragraphs = texts.flatMap((text, i) => (i === 0 ? [text] : ['', text]))
  const all = paragraphs
    .flatMap(text => text.split(/\r\n?|\n|\u2028|\u2029/u))
    .map(line => commented(line))
    .map(sentence)
    .map(line => line.replace(/^\[[^\]]*\]:/u, found => `\\${found}`))
    .map(line => line.replaceAll("''", '”').replaceAll('``', '“'))
    .flatMap(line => wrap(line))
    // go vet takes such a line for a build constraint that stands in the wrong place.
    .map(line => line.replace(/^\+build\b/u, '\\$&'))
  const lines = all.filter((line, i) => line !== '' || (i > 0 && all[i - 1] !== ''))
  while (lines.at(-1) === '') lines.pop()
  return lines.map(line => (line === '' ? '//' : `// ${line}`))
}

/** A line that stands alone and does not end would be taken for a heading. */
const sentence = (line: string, i: number, all: readonly string[]): string =>
  /^\p{Lu}.*[\p{L}\p{N}]$/u.test(line) && (all[i - 1] ?? '') === '' && (all[i + 1] ?? '') === ''
    ? `${line}.`
    : line

function wrap(line: string): string[] {
  const lines: string[] = []
  let current = ''
  for (const word of line.split(' ')) {
    if (current !== '' && current.length + 1 + word.length > width) {
      lines.push(current)
      current = word
    } else current = current === '' ? word : `${current} ${word}`
  }
  return [...lines, current]
}

/** Cells in columns, as gofmt aligns them; the last is not padded. */
export function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map(row => Array.from(row[column] ?? '').length)),
  )
  return rows.map(row =>
    row
      .map((cell, column) =>
        column === row.length - 1 ? cell : cell + ' '.repeat((widths[column] ?? 0) - Array.from(cell).length),
      )
      .join(' '),
  )
}
