import path from 'node:path'
import Table from 'cli-table3'
import stringWidth from 'string-width'
import type { Static } from '@simple-ipc/rpc'
import type { profiler } from './contract.js'

type Types = (typeof profiler)['spec']['types']
export type Column = Static<Types['Column'], Types>
export type Summary = Static<Types['Summary'], Types>

const width = 80
const bars = '▁▂▃▄▅▆▇█'
const delimiters: Readonly<Record<string, string>> = {
  ',': 'commas',
  ';': 'semicolons',
  '\t': 'tabs',
  '|': 'bars',
}

/** A table without lines: only a space between its columns. */
const open = {
  style: {
    head: [] as string[],
    border: [] as string[],
    'padding-left': 0,
    'padding-right': 0,
    compact: true,
  },
  chars: {
    top: '',
    'top-mid': '',
    'top-left': '',
    'top-right': '',
    bottom: '',
    'bottom-mid': '',
    'bottom-left': '',
    'bottom-right': '',
    left: '',
    'left-mid': '',
    mid: '',
    'mid-mid': '',
    right: '',
    'right-mid': '',
    middle: ' ',
  },
}

/** The whole result as text of at most 80 columns, ending in a line break. */
export function report(file: string, summary: Summary, columns: readonly Column[], bold = plain): string {
  const parts = [title(file, summary, bold)]
  if (columns.length > 0) parts.push(overview(summary, columns, bold), frequencies(summary, columns, bold))
  return `${parts.join('\n\n')}\n`
}

function plain(text: string): string {
  return text
}

function title(file: string, summary: Summary, bold: (text: string) => string): string {
  const name = bold(cut(path.basename(file), width))
  if (summary.columns === 0) return `${name}\nThe file is empty: there is nothing to profile.`
  const facts = [
    `${count(summary.rows, 'row')} of ${count(summary.columns, 'column')}`,
    byteSize(summary.size),
    `${delimiters[summary.delimiter] ?? summary.delimiter} between fields`,
    summary.encoding,
  ]
  const lines = [name, facts.join(', ')]
  if (summary.ragged > 0) {
    const verb = summary.ragged === 1 ? 'has' : 'have'
    const first = summary.firstRagged === undefined ? '' : `, the first on line ${group(summary.firstRagged)}`
    lines.push(`${count(summary.ragged, 'row')} ${verb} more or fewer fields than the header${first}`)
  }
  return lines.join('\n')
}

function overview(summary: Summary, columns: readonly Column[], bold: (text: string) => string): string {
  const ends = columns.some(column => column.range?.kind === 'dates') ? 10 : 8
  const widths = [0, 7, 7, 8, ends, 8, ends, 10]
  const gaps = widths.length - 1
  const room = width - gaps - widths.reduce((sum, each) => sum + each, 0)
  widths[0] = Math.min(room, widestName(columns))
  const left = 'left' as const
  const right = 'right' as const
  const table = new Table({
    head: ['Column', 'Type', 'Missing', 'Distinct', 'Min', 'Mean', 'Max', 'Spread'].map(bold),
    colWidths: widths,
    colAligns: [left, left, right, right, right, right, right, left],
    ...open,
  })
  for (const column of columns) {
    table.push([
      cut(column.name, room),
      column.type,
      share(column.missing, summary.rows),
      column.exact ? short(column.distinct) : `≈${short(Number(column.distinct.toPrecision(3)))}`,
      ...span(column),
    ])
  }
  return ruled(table.toString())
}

/** How wide the first column would like to be, whose head is the word Column. */
function widestName(columns: readonly Column[]): number {
  return Math.max('Column'.length, ...columns.map(column => stringWidth(column.name)))
}

/** The table with a rule below its head and no spaces at the ends of its lines. */
function ruled(table: string): string {
  const [head = '', ...rows] = table.split('\n').map(line => line.trimEnd())
  return [head, '─'.repeat(width), ...rows].join('\n')
}

/** The cells for least, mean, greatest and spread; of text only its lengths, for its order says nothing. */
function span({ range }: Column): [string, string, string, string] {
  switch (range?.kind) {
    case 'numbers':
      return [short(range.min), short(range.mean), short(range.max), sparkline(range.histogram.counts)]
    case 'dates':
      return [range.first.slice(0, 10), '', range.last.slice(0, 10), '']
    case 'text': {
      const lengths =
        range.shortest === range.longest ? String(range.longest) : `${range.shortest}–${range.longest}`
      return ['', '', '', lengths.length > 4 ? lengths : `${lengths} chars`]
    }
    case undefined:
      return ['', '', '', '']
  }
}

function frequencies(summary: Summary, columns: readonly Column[], bold: (text: string) => string): string {
  const name = Math.min(24, widestName(columns))
  const room = width - name - 1
  const table = new Table({
    head: [bold('Column'), bold('Most frequent values')],
    colWidths: [name, room],
    ...open,
  })
  for (const column of columns) table.push([cut(column.name, name), frequent(column, summary.rows, room)])
  return ruled(table.toString())
}

/** As many of the most frequent values as there is room for, each with the share of rows that have it. */
function frequent(column: Column, rows: number, room: number): string {
  if (column.type === 'empty') return 'no values'
  if (column.exact && column.distinct > 1 && column.frequent[0]?.count === 1) return 'each value once'
  let text = ''
  for (const { value, count: times } of column.frequent) {
    if (!column.exact && times < rows / 1000) break
    const part = `${cut(value, 30)} (${share(times, rows)})`
    const longer = text === '' ? part : `${text} · ${part}`
    if (stringWidth(longer) > room) break
    text = longer
  }
  return text === '' ? 'none stands out' : text
}

/** Bars of eight heights, one for each bin; the fullest bin's is full, and only an empty bin has none. */
function sparkline(counts: readonly number[]): string {
  const most = Math.max(...counts)
  return counts
    .map(each => (each === 0 ? ' ' : (bars[Math.ceil((each / most) * bars.length) - 1] ?? '')))
    .join('')
}

/** A number in at most eight characters. */
function short(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e7) return String(value)
  const magnitude = Math.abs(value)
  if (magnitude >= 1e7 || magnitude < 1e-3) return value.toExponential(value < 0 ? 1 : 2).replace('e+', 'e')
  return String(Number(value.toPrecision(magnitude < 1 ? 4 : 6)))
}

function share(part: number, whole: number): string {
  if (part === 0) return '0'
  const percent = (100 * part) / whole
  if (percent < 0.1) return '<0.1%'
  return `${percent >= 99.95 && part < whole ? '99.9' : percent.toFixed(percent < 99.95 ? 1 : 0)}%`
}

function count(amount: number, noun: string): string {
  return `${group(amount)} ${noun}${amount === 1 ? '' : 's'}`
}

function group(amount: number): string {
  return amount.toLocaleString('en-US')
}

/** A size in bytes, in decimal units. */
export function byteSize(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB']
  const step = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), units.length - 1)
  return `${step === 0 ? String(bytes) : (bytes / 1000 ** step).toFixed(1)} ${units[step] ?? ''}`
}

/** A value as it can stand on one line: control characters would move the cursor. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, ' ')
}

/** Text of at most `most` columns, with an ellipsis where something was cut. */
function cut(text: string, most: number): string {
  const line = oneLine(text)
  if (stringWidth(line) <= most) return line
  let kept = ''
  for (const character of line) {
    if (stringWidth(kept + character) > most - 1) break
    kept += character
  }
  return `${kept}…`
}
