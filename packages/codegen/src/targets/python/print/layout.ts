import { lineLength } from './line-length.js'
import { widthByCharacter as width } from '../../../print/text-width.js'

// Python's expressions laid out as black and ruff do: on one line if they fit, else one part per line.

export type Expression =
  string | Bracketed | Comprehension | Prefixed | Lambda | Conditional | Choice | Pieces
interface Bracketed {
  kind: 'bracketed'
  open: string
  parts: readonly Expression[]
  close: string
  /** A comma behind a single part would make a tuple of it. */
  isSubscript?: boolean
}
/** Where the short form finds no room, there is another. */
interface Choice {
  kind: 'choice'
  short: string
  long: () => Expression
}
/** Parts below each other, without anything between them. */
interface Pieces {
  kind: 'pieces'
  pieces: readonly string[]
}
interface Comprehension {
  kind: 'comprehension'
  element: Expression
  loop: Expression
}
interface Conditional {
  kind: 'conditional'
  then: Expression
  condition: string
  otherwise: string
}
interface Prefixed {
  kind: 'prefixed'
  prefix: string
  expression: Expression
}
interface Lambda {
  kind: 'lambda'
  head: string
  body: Expression
}

const bracketed =
  (open: string, close: string) =>
  (...parts: Expression[]): Expression => ({ kind: 'bracketed', open, parts, close })
export const call = (name: string, ...parts: Expression[]): Expression => bracketed(`${name}(`, ')')(...parts)
export const dict = bracketed('{', '}')
export const array = bracketed('[', ']')
/** A tuple; one of a single part needs its comma. */
export const tuple = (...parts: Expression[]): Expression =>
  bracketed('(', parts.length === 1 ? ',)' : ')')(...parts)
export const subscript = (name: string, ...parts: Expression[]): Expression => ({
  kind: 'bracketed',
  open: `${name}[`,
  parts,
  close: ']',
  isSubscript: true,
})
export const conditional = (then: Expression, condition: string, otherwise: string): Expression => ({
  kind: 'conditional',
  then,
  condition,
  otherwise,
})
export const choice = (short: string, long: () => Expression): Expression => ({ kind: 'choice', short, long })
export const pieces = (all: readonly string[]): Expression => ({ kind: 'pieces', pieces: all })
export const prefixed = (prefix: string, expression: Expression): Expression => ({
  kind: 'prefixed',
  prefix,
  expression,
})
/** `lambda a, b: body`. */
export const lambda = (parameters: string, body: Expression): Expression => ({
  kind: 'lambda',
  head: `lambda ${parameters}: `,
  body,
})
/** `[element loop]`. */
export const comprehension = (element: Expression, loop: Expression): Expression => ({
  kind: 'comprehension',
  element,
  loop,
})

/** On one line. */
export function flat(expression: Expression): string {
  if (typeof expression === 'string') return expression
  switch (expression.kind) {
    case 'choice':
      return expression.short
    case 'pieces':
      return expression.pieces.join(' ')
    case 'prefixed':
      return expression.prefix + flat(expression.expression)
    case 'lambda':
      return expression.head + flat(expression.body)
    case 'conditional':
      return `${flat(expression.then)} if ${expression.condition} else ${expression.otherwise}`
    case 'comprehension':
      return `[${flat(expression.element)} ${flat(expression.loop)}]`
    case 'bracketed':
      return expression.open + expression.parts.map(flat).join(', ') + expression.close
  }
}

/** Whether each of its lines finds room when it is laid out at a column. */
export const fits = (expression: Expression, column: number): boolean =>
  lines('', expression, '', column).every(line => column + width(line) <= lineLength)

/**
 * The lines of `before` + expression + `after`, the first of which begins at `column`. The others are indented
 * relative to it.
 */
export function lines(before: string, expression: Expression, after: string, column: number): string[] {
  const whole = before + flat(expression) + after
  const hasRoom = (line: string): boolean => column + width(line) <= lineLength
  if (hasRoom(whole)) return [whole]
  if (typeof expression === 'string')
    return before.endsWith(' = ') ? inside(`${before}(`, [expression], `)${after}`) : [whole]
  const within = (part: Expression, end = ''): string[] => lines('', part, end, column + 4)
  switch (expression.kind) {
    case 'choice':
      return lines(before, expression.long(), after, column)
    case 'pieces': {
      const all = expression.pieces
      return all.map((piece, i) => (i === 0 ? before : '') + piece + (i === all.length - 1 ? after : ''))
    }
    case 'prefixed':
      return lines(before + expression.prefix, expression.expression, after, column)
    case 'lambda': {
      const { head, body } = expression
      // What it returns stands in parentheses where its own beginning finds no room.
      return startFits(before + head, body, column)
        ? lines(before + head, body, after, column)
        : inside(`${before}${head}(`, within(body), `)${after}`)
    }
    case 'conditional': {
      const { then, condition, otherwise } = expression
      const together = flat(expression)
      const parts = hasRoom(`    ${together}`)
        ? [together]
        : [...within(then), `if ${condition}`, `else ${otherwise}`]
      return inside(`${before}(`, parts, `)${after}`)
    }
    case 'comprehension': {
      const { element, loop } = expression
      const together = `${flat(element)} ${flat(loop)}`
      const parts = hasRoom(`    ${together}`) ? [together] : [...within(element), ...within(loop)]
      return inside(`${before}[`, parts, `]${after}`)
    }
    case 'bracketed': {
      const { open, parts, isSubscript = false } = expression
      if (parts.length === 0) return [whole]
      // What is assigned begins on the next line where its own beginning finds no room.
      if (before.endsWith(' = ') && !hasRoom(before + open) && hasRoom(`${before}(`))
        return inside(`${before}(`, within(expression), `)${after}`)
      const comma = isSubscript && parts.length === 1 ? '' : ','
      // Each part on a line of its own ends in a comma, also the single part of a tuple.
      const close = expression.close.replace(/^,/, '')
      return inside(
        before + open,
        parts.flatMap(part => within(part, comma)),
        close + after,
      )
    }
  }
}

const inside = (first: string, inner: readonly string[], last: string): string[] => [
  first,
  ...inner.map(line => `    ${line}`),
  last,
]

/** The head of a block that depends on a comparison. */
export function ifLines(left: string, comparison: string, column: number): string[] {
  const whole = `if ${left} ${comparison}:`
  return column + width(whole) <= lineLength ? [whole] : ['if (', `    ${left}`, `    ${comparison}`, '):']
}

/** Whether the line on which an expression opens its first bracket has room for that. */
function startFits(before: string, expression: Expression, column: number): boolean {
  const hasRoom = (text: string): boolean => column + width(before + text) <= lineLength
  if (typeof expression === 'string') return hasRoom(expression)
  if (expression.kind === 'prefixed')
    return startFits(before + expression.prefix, expression.expression, column)
  if (expression.kind === 'lambda') return startFits(before + expression.head, expression.body, column)
  return hasRoom(expression.kind === 'bracketed' ? expression.open : '(')
}
