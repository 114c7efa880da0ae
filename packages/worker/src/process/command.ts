import {
  callbackWithParameters,
  emptyCommand,
  invalidCallback,
  invalidCommand,
  invalidWord,
  wordWithNul,
} from '../errors/argument-errors.js'

/** A program and its arguments: a string is split at spaces, a list is taken as it is. */
export type Command = string | readonly string[]

/** Command → [file, ...args]. A string knows no quoting: what includes spaces is passed as a list. */
export function parseCommand(command: Command): readonly [string, ...string[]] {
  let words: readonly unknown[]
  if (typeof command === 'string') words = command.split(' ').filter(word => word !== '')
  else if (Array.isArray(command)) words = [...(command as readonly unknown[])]
  else throw invalidCommand(command)
  const [file, ...args] = words
  if (file === undefined || file === '') throw emptyCommand()
  words.forEach((word, position) => {
    if (typeof word !== 'string') throw invalidWord(position, word)
    if (word.includes('\0')) throw wordWithNul(position)
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
  if (typeof callback !== 'function') throw invalidCallback(callback)
  if (callback.length > 1) throw callbackWithParameters(callback.length)
  return callback as T
}
