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
    [42, 'not 42'],
    [{}, 'not an object'],
    ['', 'The command is empty: pass a string such as'],
    ['   ', 'The command is empty'],
    [[], 'The command is empty'],
    [[''], 'The command is empty'],
    [['cat', 1], 'Entry 1 of the command must be a string, not 1'],
    [['cat', 'a\0b'], 'Entry 1 of the command contains a NUL character'],
  ])('%j is refused', (command, message) => {
    expect(make(command)).toThrow(TypeError)
    expect(make(command)).toThrow(message)
  })
})

describe('a callback', () => {
  test.each([
    ['print', "The callback must be a function, not 'print'"],
    [42, 'The callback must be a function, not 42'],
    [(a: unknown, b: unknown) => [a, b], 'The callback takes 2 parameters, but is called with one'],
  ])('%s is refused', (callback, message) => {
    expect(make('cat', callback)).toThrow(TypeError)
    expect(make('cat', callback)).toThrow(message)
  })
})

describe('an option', () => {
  test.each([
    [{ strat: false }, "Unknown option 'strat' (available: start, verbose, cwd, "],
    [{ strat: false }, "); did you mean 'start'?"],
    [{ start: 1 }, "The option 'start' must be a boolean, not 1"],
    [{ env: 'all' }, "The option 'env' must be 'inherit', 'minimal' or an object, not 'all'"],
    [{ env: [] }, "The option 'env' must be 'inherit', 'minimal' or an object, not a list"],
    [{ stderr: 'pipe' }, "The option 'stderr' must be 'inherit', 'ignore', 'tee' or a function, not 'pipe'"],
    [{ signal: {} }, "The option 'signal' must be an AbortSignal, not an object"],
    [{ maxLineBytes: 0 }, "The option 'maxLineBytes' must be a positive integer, not 0"],
    [{ maxLineBytes: NaN }, "The option 'maxLineBytes' must be a positive integer, not NaN"],
    [
      { stop: { input: -1 } },
      "The option 'stop.input' must be a non-negative number of milliseconds, not -1",
    ],
    [{ stop: { kill: 1 } }, "Unknown option 'stop.kill' (available: stop.input, stop.term)"],
    [{ restart: { max: 0, withinMs: 1 } }, "The option 'restart.max' must be a positive integer, not 0"],
    [
      { restart: { max: 1 } },
      "The option 'restart.withinMs' must be a positive number of milliseconds, not undefined",
    ],
    [
      { restart: { max: 1, withinMs: 1, backoff: { jitter: 2 } } },
      "The option 'restart.backoff.jitter' must be a number from 0 to 1, not 2",
    ],
    [
      { restart: { max: 1, withinMs: 1, backoff: { initial: NaN } } },
      "The option 'restart.backoff.initial' must be a non-negative number of milliseconds, not NaN",
    ],
    [
      { restart: { max: 1, withinMs: 1, when: 'never' } },
      "The option 'restart.when' must be 'failure' or 'always', not 'never'",
    ],
    [{ restart: true }, "The option 'restart' must be an object, not true"],
    [{ leftovers: 'yes' }, "The option 'leftovers' must be 'kill' or 'keep', not 'yes'"],
    [{ verbose: {} }, "The option 'verbose.info' must be a function, not undefined"],
    [{ cwd: 5 }, "The option 'cwd' must be a string, not 5"],
  ])('%o is refused', (options, message) => {
    expect(make('cat', options)).toThrow(TypeError)
    expect(make('cat', options)).toThrow(message)
    expect(make('cat', () => undefined, options)).toThrow(message)
  })

  test('options that are not an object are refused', () => {
    expect(make('cat', () => undefined, true)).toThrow(
      'The options must be an object, not true: pass { start: false }',
    )
  })
})
