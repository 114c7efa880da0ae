import { describe, expect, test } from 'vitest'
import * as kinds from './kinds.js'
import { checkOptions, defaultsOf, nestedOptions, optionFault, type OptionTable } from './option-table.js'

interface Pause {
  first: number
  most?: number
}

interface Options {
  name?: string | undefined
  size?: number | undefined
  mode?: 'fast' | 'safe' | boolean | undefined
  pause?: Pause | undefined
  log?: boolean | { write(text: string): void } | undefined
}

const pauses = {
  first: { kind: kinds.duration, required: true },
  most: { kind: kinds.milliseconds, default: 100 },
} satisfies OptionTable<Pause>

const table = {
  name: { kind: kinds.string, otherwise: 'none' },
  size: { kind: kinds.count(1), default: 4 },
  mode: { kind: kinds.either(kinds.oneOf('fast', 'safe'), kinds.boolean), default: false },
  pause: { kind: nestedOptions<Pause>(pauses) },
  log: { kind: kinds.either(kinds.boolean, kinds.withFunctions<{ write(text: string): void }>('write')) },
} satisfies OptionTable<Options>

describe('options that fit', () => {
  test.each([
    [undefined],
    [{}],
    [{ name: undefined, size: 1, mode: 'safe', pause: { first: 1, most: 0 }, log: false }],
    [{ size: Infinity, mode: true, pause: undefined, log: { write: () => undefined } }],
  ])('%o are copied', given => {
    const checked = checkOptions<Options>(table, given as Options)
    expect(checked).toEqual(given ?? {})
    expect(checked).not.toBe(given)
  })
})

describe('options that do not', () => {
  test.each<[unknown, string]>([
    [null, 'The options of a call must be an object, not null: pass { size: 1 }'],
    [[], 'The options of a call must be an object, not a list: pass { size: 1 }'],
    [() => undefined, 'The options of a call must be an object, not a function: pass { size: 1 }'],
    [
      { siez: 1 },
      "Unknown option 'siez' of a call (available: name, size, mode, pause, log); did you mean 'size'?",
    ],
    [{ toString: 1 }, "Unknown option 'toString' of a call (available: name, size, mode, pause, log)"],
    [{ size: 0 }, "The option 'size' must be a positive integer, not 0"],
    [{ size: 1.5 }, "The option 'size' must be a positive integer, not 1.5"],
    [{ size: '1' }, "The option 'size' must be a positive integer, not '1'"],
    [{ name: null }, "The option 'name' must be a string, not null"],
    [{ mode: 'slow' }, "The option 'mode' must be 'fast', 'safe' or a boolean, not 'slow'"],
    [{ pause: {} }, "The option 'pause.first' must be a positive number of milliseconds, not undefined"],
    [
      { pause: { first: 1, mots: 2 } },
      "Unknown option 'pause.mots' (available: pause.first, pause.most); did you mean 'pause.most'?",
    ],
    [
      { pause: { first: 1, most: NaN } },
      "The option 'pause.most' must be a non-negative number of milliseconds, not NaN",
    ],
    [{ log: { write: 1 } }, "The option 'log.write' must be a function, not 1"],
    [
      { log: 'x'.repeat(200) },
      /^The option 'log' must be a boolean or an object, not 'x{100}… \(200 characters\)'$/,
    ],
  ] as [unknown, string][])('%o are refused', (given, message) => {
    const surface = { name: 'a call', example: '{ size: 1 }' }
    const fault = optionFault<Options>(table, given, surface)
    expect(fault).toBeInstanceOf(TypeError)
    if (typeof message === 'string') expect(fault?.message).toBe(message)
    else expect(fault?.message).toMatch(message)
    expect(() => checkOptions<Options>(table, given as Options, surface)).toThrow(fault?.message)
  })
})

test('defaults are those of the rows that have one', () => {
  const defaults: { size: number; mode: 'fast' | 'safe' | boolean } = defaultsOf(table)
  expect(defaults).toEqual({ size: 4, mode: false })
})
