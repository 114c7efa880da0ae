import { lineLength } from './facts.js'

// Python's expressions laid out as black and ruff do: on one line if they fit, else one part per line.

export type Expression = string | Bracketed | Comprehension | Prefixed | Conditional
interface Bracketed {
  open: string
  parts: readonly Expression[]
  close: string
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
export const prefixed = (prefix: string, expression: Expression): Expression => ({ prefix, expression })
export const list = (element: Expression, loop: Expression): Expression => ({
  element,
  loop,
  brackets: ['[', ']'],
})
/** A tuple; one of a single part needs its comma. */
export const tuple = (...parts: Expression[]): Expression =>
  parts.length === 1 ? { open: '(', parts, close: ',)' } : { open: '(', parts, close: ')' }

/** Columns on a screen: characters of East Asia and pictures take two, marks none. */
const width = (text: string): number => text.replace(wide, 'xx').replace(/\p{M}/gu, '').length
const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/gu

function flat(expression: Expression): string {
  if (typeof expression === 'string') return expression
  if ('prefix' in expression) return expression.prefix + flat(expression.expression)
  if ('then' in expression)
    return `${flat(expression.then)} if ${expression.condition} else ${expression.otherwise}`
  if ('element' in expression)
    return `${expression.brackets[0]}${flat(expression.element)} ${flat(expression.loop)}${expression.brackets[1]}`
  return expression.open + expression.parts.map(flat).join(', ') + expression.close
}

/**
 * The lines of `before` + expression + `after`, the first of which is to stand at `column`. The others are indented
 * relative to it.
 */
export function lines(before: string, expression: Expression, after: string, column: number): string[] {
  const whole = before + flat(expression) + after
  if (column + width(whole) <= lineLength || typeof expression === 'string') return [whole]
  if ('prefix' in expression) return lines(before + expression.prefix, expression.expression, after, column)
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
  const inner = expression.parts.flatMap(part => lines('', part, ',', column + 4))
  // Each part on a line of its own ends in a comma, also the single part of a tuple.
  const close = expression.close.replace(/^,/, '')
  return [before + expression.open, ...inner.map(line => `    ${line}`), close + after]
}
