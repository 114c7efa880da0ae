import { lineLength } from './line-length.js'
import { width } from './text.js'

// Python's expressions laid out as black and ruff do: on one line if they fit, else one part per line.

export type Expression = string | Bracketed | Comprehension | Prefixed | Conditional | Choice | Pieces
interface Bracketed {
  open: string
  parts: readonly Expression[]
  close: string
  /** A comma behind a single part would make a tuple of it. */
  isSubscript?: boolean
}
/** Where the short form finds no room, there is another. */
interface Choice {
  short: string
  long: () => Expression
}
/** Parts below each other, without anything between them. */
interface Pieces {
  pieces: readonly string[]
}
interface Comprehension {
  element: Expression
  loop: Expression
  brackets: readonly [string, string]
}
interface Conditional {
  then: Expression
  condition: string
  otherwise: string
}
interface Prefixed {
  prefix: string
  expression: Expression
}

export const call = (name: string, ...parts: Expression[]): Expression => ({
  open: `${name}(`,
  parts,
  close: ')',
})
export const dict = (...parts: Expression[]): Expression => ({ open: '{', parts, close: '}' })
export const array = (...parts: Expression[]): Expression => ({ open: '[', parts, close: ']' })
export const conditional = (then: Expression, condition: string, otherwise: string): Expression => ({
  then,
  condition,
  otherwise,
})
export const subscript = (name: string, ...parts: Expression[]): Expression => ({
  open: `${name}[`,
  parts,
  close: ']',
  isSubscript: true,
})
export const pieces = (all: readonly string[]): Expression => ({ pieces: all })
export const prefixed = (prefix: string, expression: Expression): Expression => ({ prefix, expression })
export const list = (element: Expression, loop: Expression): Expression => ({
  element,
  loop,
  brackets: ['[', ']'],
})
/** A tuple; one of a single part needs its comma. */
export const tuple = (...parts: Expression[]): Expression =>
  parts.length === 1 ? { open: '(', parts, close: ',)' } : { open: '(', parts, close: ')' }

/** On one line. */
export function flat(expression: Expression): string {
  if (typeof expression === 'string') return expression
  if ('short' in expression) return expression.short
  if ('pieces' in expression) return expression.pieces.join(' ')
  if ('prefix' in expression) return expression.prefix + flat(expression.expression)
  if ('then' in expression)
    return `${flat(expression.then)} if ${expression.condition} else ${expression.otherwise}`
  if ('element' in expression)
    return `${expression.brackets[0]}${flat(expression.element)} ${flat(expression.loop)}${expression.brackets[1]}`
  return expression.open + expression.parts.map(flat).join(', ') + expression.close
}

/** Whether each of its lines finds room when it is laid out at a column. */
export const fits = (expression: Expression, column: number): boolean =>
  lines('', expression, '', column).every(line => column + width(line) <= lineLength)

/**
 * The lines of `before` + expression + `after`, the first of which is to stand at `column`. The others are indented
 * relative to it.
 */
export function lines(before: string, expression: Expression, after: string, column: number): string[] {
  const whole = before + flat(expression) + after
  if (column + width(whole) <= lineLength) return [whole]
  if (typeof expression === 'string')
    return before.endsWith(' = ') ? [`${before}(`, `    ${expression}`, `)${after}`] : [whole]
  if ('short' in expression) return lines(before, expression.long(), after, column)
  if ('pieces' in expression) {
    const all = expression.pieces
    return all.map((piece, i) => (i === 0 ? before : '') + piece + (i === all.length - 1 ? after : ''))
  }
  if ('prefix' in expression) {
    const { prefix, expression: inner } = expression
    // What a lambda gives stands in parentheses where its own beginning finds no room.
    const isLambda = prefix.endsWith('lambda value, at: ')
    if (isLambda && !startFits(before + prefix, inner, column))
      return [
        `${before}${prefix}(`,
        ...lines('', inner, '', column + 4).map(line => `    ${line}`),
        `)${after}`,
      ]
    return lines(before + prefix, inner, after, column)
  }
  if ('then' in expression) {
    const together = `    ${flat(expression)}`
    if (column + width(together) <= lineLength) return [`${before}(`, together, `)${after}`]
    const inner = [
      ...lines('', expression.then, '', column + 4),
      `if ${expression.condition}`,
      `else ${expression.otherwise}`,
    ]
    return [`${before}(`, ...inner.map(line => `    ${line}`), `)${after}`]
  }
  if ('element' in expression) {
    const [open, close] = expression.brackets
    const together = `    ${flat(expression.element)} ${flat(expression.loop)}`
    if (column + width(together) <= lineLength) return [before + open, together, close + after]
    const inner = [
      ...lines('', expression.element, '', column + 4),
      ...lines('', expression.loop, '', column + 4),
    ]
    return [before + open, ...inner.map(line => `    ${line}`), close + after]
  }
  if (expression.parts.length === 0) return [whole]
  // What is assigned begins on the next line where its own beginning finds no room.
  const isLong = column + width(before + expression.open) > lineLength
  if (isLong && before.endsWith(' = ') && column + width(`${before}(`) <= lineLength)
    return [`${before}(`, ...lines('', expression, '', column + 4).map(line => `    ${line}`), `)${after}`]
  const comma = expression.isSubscript === true && expression.parts.length === 1 ? '' : ','
  const inner = expression.parts.flatMap(part => lines('', part, comma, column + 4))
  // Each part on a line of its own ends in a comma, also the single part of a tuple.
  const close = expression.close.replace(/^,/, '')
  return [before + expression.open, ...inner.map(line => `    ${line}`), close + after]
}

/** The head of a block that depends on a comparison. */
export function ifLines(left: string, comparison: string, column: number): string[] {
  const whole = `if ${left} ${comparison}:`
  return column + width(whole) <= lineLength ? [whole] : ['if (', `    ${left}`, `    ${comparison}`, '):']
}

/** Whether the line on which an expression opens its first bracket has room for that. */
function startFits(before: string, expression: Expression, column: number): boolean {
  if (typeof expression === 'string') return column + width(before + expression) <= lineLength
  if ('prefix' in expression) return startFits(before + expression.prefix, expression.expression, column)
  if ('open' in expression) return column + width(before + expression.open) <= lineLength
  return column + width(before) < lineLength
}
