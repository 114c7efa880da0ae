import { inspect } from 'node:util'
import type { Command } from '@simple-ipc/worker'

/** Several commands, each a list of words: `[['python3', 'a.py'], ['python3', 'b.py']]`. */
export type Commands = readonly (readonly string[])[]

/**
 * A command, or several, as a list of commands. A list of strings is one command: several are a list of lists, also when
 * each has only one word. Throws a TypeError for what is neither.
 */
export function commandsOf(given: Command | Commands): readonly Command[] {
  if (!Array.isArray(given)) return [given as Command]
  const lists = given.filter(Array.isArray).length
  if (lists === 0) return [given as readonly string[]]
  if (lists === given.length) return given as Commands
  const example = given.map(one => (Array.isArray(one) ? (one as unknown) : String(one).split(' ')))
  throw new TypeError(
    `The commands of a pool are both texts and lists: a list of texts is one command, several commands are a list of lists, such as ${inspect(example)}`,
  )
}
