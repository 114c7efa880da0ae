import { invalidOption } from '../errors/argument-errors.js'

/** Which values an option accepts, and how an error message describes them. `T` is exactly their type. */
export interface Kind<T> {
  /** What may be passed: `['a boolean']`. */
  readonly expected: readonly string[]
  fits(value: unknown): boolean
  /** For what has options inside: what is wrong with those of a value that fits. @param path the option's name */
  inside?(value: never, path: string): TypeError | undefined
  /** Never there: lets the compiler compare a table with an interface in both directions. */
  readonly type?: (value: T) => T
}

export const boolean: Kind<boolean> = {
  expected: ['a boolean'],
  fits: value => typeof value === 'boolean',
}

/** Null, which says that there shall be none. */
export const nothing: Kind<null> = {
  expected: ['null'],
  fits: value => value === null,
}

export const string: Kind<string> = {
  expected: ['a string'],
  fits: value => typeof value === 'string',
}

export const abortSignal: Kind<AbortSignal> = {
  expected: ['an AbortSignal'],
  // One of a polyfill or of another realm will do.
  fits: value => isObject(value) && 'aborted' in value && isFunction(value['addEventListener']),
}

export const callback = <T extends (...args: never[]) => unknown>(): Kind<T> => ({
  expected: ['a function'],
  fits: isFunction,
})

export const object = <T extends object>(): Kind<T> => ({ expected: ['an object'], fits: isObject })

export const list = <T extends readonly unknown[]>(): Kind<T> => ({
  expected: ['a list'],
  fits: Array.isArray,
})

/** A value that is checked elsewhere, where more is known about it. */
export const unchecked = <T>(): Kind<T> => ({ expected: [], fits: () => true })

/** An object with these functions. */
export const withFunctions = <T extends object>(...names: (keyof T & string)[]): Kind<T> => ({
  expected: ['an object'],
  fits: isObject,
  inside: (value: T, path) => {
    const missing = names.find(name => !isFunction(value[name]))
    return missing && invalidOption(`${path}.${missing}`, ['a function'], value[missing])
  },
})

export const instanceOf = <T>(
  constructor: abstract new (...args: never[]) => T,
  expected: string,
): Kind<T> => ({
  expected: [expected],
  fits: value => value instanceof constructor,
})

export const oneOf = <const T extends string>(...values: T[]): Kind<T> => ({
  expected: values.map(value => `'${value}'`),
  fits: value => (values as unknown[]).includes(value),
})

/** A value that fits any of the kinds. */
export const either = <T extends readonly unknown[]>(
  ...kinds: { [Index in keyof T]: Kind<T[Index]> }
): Kind<T[number]> => {
  const all = kinds as unknown as readonly Kind<unknown>[]
  return {
    expected: all.flatMap(({ expected }) => expected),
    fits: value => all.some(kind => kind.fits(value)),
    inside: (value, path) => all.find(kind => kind.fits(value))?.inside?.(value, path),
  }
}

// ---- numbers

const number = (expected: string, isGood: (value: number) => boolean): Kind<number> => ({
  expected: [expected],
  fits: value => typeof value === 'number' && isGood(value),
})

/** A time that may be 0. */
export const milliseconds = number('a non-negative number of milliseconds', value => value >= 0)

/** A time that may not be 0. */
export const duration = number('a positive number of milliseconds', value => value > 0)

/** An amount of memory. `Infinity` means no limit. */
export const bytes = number('a positive number of bytes', value => value > 0)

export const positiveInteger = number('a positive integer', value => Number.isInteger(value) && value > 0)

/** How many there may be. `Infinity` means no limit. */
export const count = (least: 0 | 1): Kind<number> =>
  number(
    least === 0 ? 'a non-negative integer' : 'a positive integer',
    value => value >= least && (Number.isInteger(value) || value === Infinity),
  )

export const between = (least: number, most: number): Kind<number> =>
  number(
    most === Infinity ? `a number of at least ${least}` : `a number from ${least} to ${most}`,
    value => value >= least && value <= most,
  )

// ---- helpers

const isFunction = (value: unknown): boolean => typeof value === 'function'

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
