import { describeValue } from '../errors/describe-value.js'

/** A program and its arguments: a string is split at spaces, a list is taken as it is. */
export type Command = string | readonly string[]

/** Command → [file, ...args]. A string knows no quoting: what includes spaces is passed as a list. */
export function parseCommand(command: Command): readonly [string, ...string[]] {
  const wanted = "pass a string such as 'program arg' or a list such as ['path with space/program', 'arg']"
  let words: readonly unknown[]
  if (typeof command === 'string') words = command.split(' ').filter(word => word !== '')
  else if (Array.isArray(command)) words = [...(command as readonly unknown[])]
  else
    throw new TypeError(
      `The command must be a string or a list of strings, not ${describeValue(command)}: ${wanted}`,
    )
  const [file, ...args] = words
  if (file === undefined || file === '') throw new TypeError(`The command is empty: ${wanted}`)
  words.forEach((word, position) => {
    if (typeof word !== 'string')
      throw new TypeError(
        `Entry ${position} of the command is ${describeValue(word)}, not a string: ${wanted}`,
      )
    if (word.includes('\0'))
      throw new TypeError(
        `Entry ${position} of the command holds a NUL character, which no system can pass on`,
      )
  })
  const parsed = [file as string, ...(args as string[])] as const
  if (typeof command === 'string' || fromString.has(command)) fromString.add(parsed)
  return parsed
}

const fromString = new WeakSet<object>()

/** Was what parseCommand returned split from a string? */
export const wasString = (command: readonly string[]): boolean => fromString.has(command)

/** A callback that takes at most one parameter, or nothing. */
export function checkCallback<T extends (line: string) => unknown>(
  callback: T | object | null | undefined,
): T | undefined {
  if (callback === undefined || callback === null) return undefined
  if (typeof callback !== 'function')
    throw new TypeError(
      `The callback must be a function, not ${describeValue(callback)}: pass line => …, or options alone`,
    )
  if (callback.length > 1)
    throw new TypeError(
      `The callback takes ${callback.length} parameters, but is called with one, the line: pass line => …`,
    )
  return callback as T
}
