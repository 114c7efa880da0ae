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
  if (column + whole.length <= lineLength || parts.length === 1) return [whole]
  const together = `  ${parts.join(' | ')}`
  if (column + together.length <= lineLength) return [head, together]
  return [head, ...parts.map(part => `  | ${part}`)]
}
