import { inspect, types } from 'node:util'

// Whatever user code threw, in words. Nothing here throws, although a message, a name, a stack or a proxy may.

/** Is it an error? Also one of another realm; false for what cannot be examined, such as a revoked proxy. */
export function isError(thrown: unknown): thrown is Error {
  try {
    return thrown instanceof Error || types.isNativeError(thrown)
  } catch {
    return false
  }
}

/** The message of an error, or what else was thrown. */
export const textOf = (thrown: unknown): string =>
  isError(thrown) ? messageOf(thrown) : `a value that is not an error was thrown: ${valueText(thrown)}`

/** What failed, in one text: `TypeError: x is not a function`, and of a plain `Error` its message alone. */
export function failureLine(thrown: unknown): string {
  if (!isError(thrown)) return capitalized(textOf(thrown))
  const [name, message] = [nameOf(thrown), messageOf(thrown)]
  if (message === '') return name
  return name === 'Error' || message.startsWith(`${name}: `) ? message : `${name}: ${message}`
}

/** The stack of an error with its causes and members, for people: from the user's code on. */
export function failureText(thrown: unknown): string {
  if (!isError(thrown)) return failureLine(thrown)
  try {
    const lines = inspect(thrown).split('\n')
    const text = lines.filter(line => !isOurs(line)).join('\n')
    // Without frames it is in brackets.
    return text.replace(/^\[([^\n]*)\](?=$| \{)/, '$1')
  } catch {
    return failureLine(thrown)
  }
}

/** The folder of this package's code, which is one file, or the folder above this one. */
const here = decodeURI(new URL('.', import.meta.url).pathname).replace(/\/errors\/$/, '/')
const isOurs = (line: string): boolean => /^ +at /.test(line) && line.includes(here)

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

function nameOf(error: Error): string {
  try {
    const { name, constructor } = error as { name?: unknown; constructor?: { name?: unknown } }
    if (typeof name === 'string' && name !== '' && name !== 'Error') return name
    // A class seldom has a name of its own.
    const own = constructor?.name
    return typeof own === 'string' && own !== '' ? own : 'Error'
  } catch {
    return 'Error'
  }
}

function messageOf(error: Error): string {
  try {
    // It may be anything.
    const { message }: { message: unknown } = error
    return String(message)
  } catch {
    return '(its message cannot be read)'
  }
}

function valueText(value: unknown): string {
  try {
    return inspect(value, { depth: 1, breakLength: Infinity, maxStringLength: 200, maxArrayLength: 10 })
  } catch {
    return `${typeof value} that cannot be examined`
  }
}
