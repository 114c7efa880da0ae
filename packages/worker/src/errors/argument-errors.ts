import { describeValue } from './describe-value.js'
import { didYouMean } from './did-you-mean.js'

/** An option that the surface (`'a call'`) does not have. */
export function unknownOption(name: string, known: readonly string[], surface?: string): TypeError {
  const of = surface === undefined ? '' : ` of ${surface}`
  return new TypeError(
    `Unknown option '${name}'${of} (available: ${known.join(', ')})${didYouMean(name, known)}`,
  )
}

/** @param expected what may be passed: `['a boolean']` */
export function invalidOption(name: string, expected: readonly string[], value: unknown): TypeError {
  return new TypeError(`The option '${name}' must be ${either(expected)}, not ${describeValue(value)}`)
}

/** @param example options as they should be passed */
export function invalidOptions(value: unknown, surface?: string, example?: string): TypeError {
  const of = surface === undefined ? '' : ` of ${surface}`
  const cure = example === undefined ? '' : `: pass ${example}`
  return new TypeError(`The options${of} must be an object, not ${describeValue(value)}${cure}`)
}

const command = "pass a string such as 'program arg' or a list such as ['path with space/program', 'arg']"

export const invalidCommand = (value: unknown): TypeError =>
  new TypeError(`The command must be a string or a list of strings, not ${describeValue(value)}: ${command}`)

export const emptyCommand = (): TypeError => new TypeError(`The command is empty: ${command}`)

export const invalidWord = (position: number, value: unknown): TypeError =>
  new TypeError(`Entry ${position} of the command must be a string, not ${describeValue(value)}: ${command}`)

export const wordWithNul = (position: number): TypeError =>
  new TypeError(`Entry ${position} of the command contains a NUL character, which no system can pass on`)

export const invalidCallback = (value: unknown): TypeError =>
  new TypeError(
    `The callback must be a function, not ${describeValue(value)}: pass line => …, or options alone`,
  )

export const callbackWithParameters = (count: number): TypeError =>
  new TypeError(`The callback takes ${count} parameters, but is called with one, the line: pass line => …`)

export const invalidPattern = (expected: readonly string[], value: unknown): TypeError =>
  new TypeError(`The pattern must be ${either(expected)}, not ${describeValue(value)}`)

export const invalidData = (value: unknown): TypeError =>
  new TypeError(`write() takes a string or a Uint8Array, not ${describeValue(value)}; send() takes anything`)

const either = (words: readonly string[]): string =>
  [words.slice(0, -1).join(', '), words.at(-1)].filter(Boolean).join(' or ')
