/** From the first to the last code point, both included. */
export type Range = readonly [first: number, last: number]

const lastPoint = 0x10ffff
const digits: readonly Range[] = [[0x30, 0x39]]
const wordPoints: readonly Range[] = [
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
]
const lineEnds: readonly Range[] = [
  [0x0a, 0x0a],
  [0x0d, 0x0d],
  [0x2028, 0x2029],
]
const controls = new Map(Object.entries({ n: 0x0a, r: 0x0d, t: 0x09, v: 0x0b, f: 0x0c, '0': 0 }))

const member =
  /\\u\{[\da-f]+\}|\\u(?!d[89a-f])[\da-f]{4}|\\x[\da-f]{2}|\\[dDwW]|\\[^\dpPuxckbBsS]|\\0|[^\\]/isuy

/** What a class has, if that is quick to say: of properties and white space it is not. */
export function pointRanges(source: string): readonly Range[] | undefined {
  if (source === '.') return complement(lineEnds)
  if (!source.startsWith('[')) return atoms(source)
  const isNegated = source.startsWith('[^')
  const inside = atoms(source.slice(isNegated ? 2 : 1, -1))
  return inside !== undefined && isNegated ? complement(inside) : inside
}

export const overlap = (some: readonly Range[], others: readonly Range[]): boolean =>
  some.some(([first, last]) => others.some(([start, end]) => first <= end && start <= last))

/** What stands in brackets. */
function atoms(source: string): readonly Range[] | undefined {
  const parts: string[] = []
  member.lastIndex = 0
  while (member.lastIndex < source.length) {
    const part = member.exec(source)?.[0]
    if (part === undefined) return undefined
    parts.push(part)
  }
  const ranges: Range[] = []
  for (let i = 0; i < parts.length; i++) {
    const [part = '', dash, end] = parts.slice(i, i + 3)
    const set = escapedSet(part)
    if (dash === '-' && end !== undefined) {
      ranges.push([pointOf(part), pointOf(end)])
      i += 2
    } else ranges.push(...(set ?? [[pointOf(part), pointOf(part)] as const]))
  }
  return ranges
}

function escapedSet(part: string): readonly Range[] | undefined {
  if (/^\\[dD]$/.test(part)) return part === '\\d' ? digits : complement(digits)
  if (/^\\[wW]$/.test(part)) return part === '\\w' ? wordPoints : complement(wordPoints)
  return undefined
}

function pointOf(part: string): number {
  if (!part.startsWith('\\')) return part.codePointAt(0) ?? 0
  const hex = /^\\[ux]\{?([\da-f]+)/i.exec(part)?.[1]
  if (hex !== undefined) return Number.parseInt(hex, 16)
  return controls.get(part.slice(1)) ?? part.codePointAt(1) ?? 0
}

function complement(ranges: readonly Range[]): readonly Range[] {
  const gaps: Range[] = []
  let from = 0
  for (const [first, last] of [...ranges].sort(([one], [other]) => one - other)) {
    if (first > from) gaps.push([from, first - 1])
    from = Math.max(from, last + 1)
  }
  if (from <= lastPoint) gaps.push([from, lastPoint])
  return gaps
}
