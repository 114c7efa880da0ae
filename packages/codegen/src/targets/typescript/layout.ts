import { lineLength } from './facts.js'

// Code laid out as prettier does: on one line if it fits, else one part per line.

/** `head(a, b)tail`, the first line of which is to stand at `column`. */
export function call(
  head: string,
  parts: readonly string[],
  tail: string,
  column: number,
  brackets: readonly [string, string] = ['(', ')'],
): string[] {
  const [open, close] = brackets
  const whole = `${head}${open}${parts.join(', ')}${close}${tail}`
  if (column + whole.length <= lineLength || parts.length === 0) return [whole]
  return [head + open.trimEnd(), ...parts.map(part => `  ${part},`), close.trimStart() + tail]
}

/** `head a | b`. */
export function union(head: string, parts: readonly string[], column: number): string[] {
  const whole = `${head} ${parts.join(' | ')}`
  if (column + whole.length <= lineLength) return [whole]
  const [only = '', ...more] = parts
  if (more.length === 0) return generic(`${head} `, only, '') ?? [whole]
  const together = `  ${parts.join(' | ')}`
  if (column + together.length <= lineLength) return [head, together]
  return [head, ...parts.map(part => `  | ${part}`)]
}

/** `before` + `Name<inside>` + `after` with the inside on a line of its own; a simple name, perhaps or null, stays. */
export function generic(before: string, type: string, after: string): string[] | undefined {
  const [, name, inside = ''] = /^([\p{ID_Continue}.$]+)<(.*)>$/u.exec(type) ?? []
  if (name === undefined || /^[\p{ID_Continue}.$]+(?: \| null)?$/u.test(inside)) return undefined
  return [`${before}${name}<`, `  ${inside}`, `>${after}`]
}

/** A function's head, whose parameters go over lines before the type of what it returns does. */
export function signature(
  head: string,
  parameters: readonly string[],
  returns: readonly string[],
  column: number,
): string[] {
  const lines = call(head, parameters, `: ${returns.join(' | ')}`, column)
  const last = lines.at(-1) ?? ''
  if (column + last.length <= lineLength || returns.length < 2) return lines
  return [...lines.slice(0, -1), '):', ...returns.map(part => `  | ${part}`)]
}
