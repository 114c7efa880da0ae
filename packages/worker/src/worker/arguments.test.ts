// Bad arguments are TypeErrors that say what to pass.
import { describe, expect, test } from 'vitest'
import { Worker } from '../index.js'

const make =
  (...args: unknown[]) =>
  () =>
    new (Worker as unknown as new (...args: unknown[]) => Worker)(...args)

describe('a command', () => {
  test.each([
    [undefined, 'The command must be a string or a list of strings, not undefined: pass a string such as'],
    [null, 'not null'],
    [42, 'not a number'],
    [{}, 'not an object'],
    ['', 'The command is empty: pass a string such as'],
    ['   ', 'The command is empty'],
    [[], 'The command is empty'],
    [[''], 'The command is empty'],
    [['cat', 1], 'Entry 1 of the command is a number, not a string'],
    [['cat', 'a\0b'], 'Entry 1 of the command holds a NUL character'],
  ])('%j is refused', (command, message) => {
    expect(make(command)).toThrow(TypeError)
    expect(make(command)).toThrow(message)
  })
})

describe('a callback', () => {
  test.each([
    ['print', 'The callback must be a function, not a string'],
    [42, 'The callback must be a function, not a number'],
    [(a: unknown, b: unknown) => [a, b], 'The callback takes 2 parameters, but is called with one'],
  ])('%s is refused', (callback, message) => {
    expect(make('cat', callback)).toThrow(TypeError)
    expect(make('cat', callback)).toThrow(message)
  })
})

describe('an option', () => {
  test.each([
    [{ strat: false }, "There is no option 'strat': pass any of start, verbose"],
    [{ start: 1 }, "The option 'start' is a number: pass a boolean"],
    [{ env: 'all' }, "The option 'env' is 'all': pass 'inherit' or 'minimal' or an object"],
    [{ env: [] }, "The option 'env' is a list: pass 'inherit' or 'minimal' or an object"],
    [{ stderr: 'pipe' }, "The option 'stderr' is 'pipe': pass 'inherit' or 'ignore' or 'tee' or a function"],
    [{ signal: {} }, "The option 'signal' is an object: pass an AbortSignal"],
    [{ maxLineBytes: 0 }, "The option 'maxLineBytes' is 0: pass a positive integer"],
    [{ maxLineBytes: NaN }, "The option 'maxLineBytes' is NaN: pass a positive integer"],
    [{ stop: { input: -1 } }, "The grace 'input' of a stop must be milliseconds, 0 or more"],
    [{ stop: { kill: 1 } }, "A stop has no rung 'kill': pass input or term"],
    [{ restart: { max: 0, withinMs: 1 } }, "The option 'restart' needs a positive integer 'max'"],
    [{ restart: { max: 1, withinMs: 1, backoff: { jitter: 2 } } }, "a 'jitter' from 0 to 1"],
    [
      { restart: { max: 1, withinMs: 1, backoff: { initial: NaN } } },
      "The 'backoff' of a restart needs milliseconds",
    ],
    [
      { restart: { max: 1, withinMs: 1, when: 'never' } },
      "The 'when' of a restart is 'never': pass 'failure' or 'always'",
    ],
    [{ restart: true }, "The option 'restart' is a boolean: pass an object"],
    [{ leftovers: 'yes' }, "The option 'leftovers' is 'yes': pass 'kill' or 'keep'"],
    [
      { verbose: {} },
      "The option 'verbose' has no function 'info': pass true, console, or any logger with info and error",
    ],
    [{ cwd: 5 }, "The option 'cwd' is a number: pass a string"],
  ])('%o is refused', (options, message) => {
    expect(make('cat', options)).toThrow(TypeError)
    expect(make('cat', options)).toThrow(message)
    expect(make('cat', () => undefined, options)).toThrow(message)
  })

  test('options that are none are refused', () => {
    expect(make('cat', () => undefined, true)).toThrow(
      'The options must be an object, not a boolean: pass { start: false }',
    )
  })
})
