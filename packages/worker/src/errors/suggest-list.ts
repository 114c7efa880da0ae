import { printable } from './printable.js'
import type { StartAttempt } from './resolve-program.js'

/**
 * What a command given as one string was probably meant to be: it is split at spaces, and neither quotes nor backslashes
 * keep words together. Undefined if nothing in it looks like that.
 *
 * @param exists is there such a program?
 */
export function suggestList(
  { command, fromString }: Pick<StartAttempt, 'command' | 'fromString'>,
  exists: (program: string) => boolean,
): string | undefined {
  if (fromString !== true) return undefined
  const words = withoutQuotes(command) ?? withSpaces(command, exists)
  if (words === undefined) return undefined
  const list = words.map(word => printable(JSON.stringify(word), 200)).join(', ')
  return `a command given as one string is split at spaces, and quotes are left as they are; pass the list [${list}]`
}

function withoutQuotes(command: readonly string[]): string[] | undefined {
  const quoted = command.some(word => /^["']|\\$/.test(word))
  if (!quoted) return undefined
  const tokens = command.join(' ').matchAll(/"([^"]*)"|'([^']*)'|((?:\\ |\S)+)/g)
  return Array.from(
    tokens,
    ([, double, single, bare = '']) => double ?? single ?? bare.replaceAll('\\ ', ' '),
  )
}

/** The path of the program has spaces. */
function withSpaces(command: readonly string[], exists: (program: string) => boolean): string[] | undefined {
  for (let count = 2; count <= command.length; count++) {
    const program = command.slice(0, count).join(' ')
    if (exists(program)) return [program, ...command.slice(count)]
  }
  return undefined
}
