import { invalidOption, invalidOptions, unknownOption } from '../errors/argument-errors.js'
import type { Kind } from './kinds.js'

/** One option: which values it accepts, and its default. Its meaning is the doc comment of the interface's member. */
export interface Option<T> {
  readonly kind: Kind<T>
  /** The value when it is left out. */
  readonly default?: T
  /** The default in words, where it is not a value: `'no limit'`. */
  readonly otherwise?: string
  /** It may not be left out. */
  readonly required?: true
}

/** The options of one surface, each with its row. The compiler sees to it that names and kinds are those of `O`. */
export type OptionTable<O> = {
  readonly [Name in keyof O]-?: Option<Exclude<O[Name], undefined>> & Requirement<O[Name]>
}

type Requirement<Value> = undefined extends Value
  ? { readonly required?: never }
  : { readonly required: true }

/** The defaults of a table's options, where they are values. */
export const defaultsOf = <T extends Readonly<Record<string, object>>>(table: T): Defaults<T> =>
  Object.fromEntries(
    Object.entries(table).flatMap(([name, row]) => ('default' in row ? [[name, row.default]] : [])),
  ) as Defaults<T>

type Defaults<T> = {
  [Name in keyof T as T[Name] extends { default: unknown } ? Name : never]: T[Name] extends {
    kind: Kind<infer Value>
  }
    ? Value
    : never
}

/** What the options belong to, for error messages. */
export interface Surface {
  /** `'a call'`. Left out where it is obvious. */
  readonly name?: string
  /** Options as they should be passed: `'{ start: false }'`. */
  readonly example?: string
}

/** A copy of the options. Throws a TypeError for one that does not exist or whose value does not fit. */
export function checkOptions<O extends object>(
  table: OptionTable<O>,
  given: O | undefined,
  surface?: Surface,
): O {
  const fault = optionFault(table, given, surface)
  if (fault !== undefined) throw fault
  return { ...given } as O
}

/** The TypeError that `checkOptions` would throw, or undefined. */
export function optionFault<O extends object>(
  table: OptionTable<O>,
  given: unknown,
  surface?: Surface,
): TypeError | undefined {
  if (given === undefined) return undefined
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    return invalidOptions(given, surface?.name, surface?.example)
  return faultIn(table as Rows, given as Record<string, unknown>, '', surface?.name)
}

/** Those of the options that the table has: what one surface hands on to another. */
export function pickOptions<O extends object>(table: OptionTable<O>, given: object): O {
  return Object.fromEntries(
    Object.entries(given).filter(([name, value]) => value !== undefined && Object.hasOwn(table, name)),
  ) as O
}

/** The kind of an option that is options itself. */
export const nestedOptions = <O extends object>(table: OptionTable<O>): Kind<O> => ({
  expected: ['an object'],
  fits: value => typeof value === 'object' && value !== null && !Array.isArray(value),
  inside: (value: O, path) => faultIn(table as Rows, value as Record<string, unknown>, `${path}.`),
})

type Rows = Readonly<Record<string, Option<unknown>>>

function faultIn(
  table: Rows,
  given: Readonly<Record<string, unknown>>,
  path: string,
  surface?: string,
): TypeError | undefined {
  for (const name of Object.keys(given)) {
    // What every object has, such as toString, is not an option either: it has no kind.
    const kind = table[name]?.kind
    if (kind === undefined)
      return unknownOption(
        path + name,
        Object.keys(table).map(known => path + known),
        surface,
      )
    const value = given[name]
    if (value === undefined) continue
    if (!kind.fits(value)) return invalidOption(path + name, kind.expected, value)
    if (kind.inside === undefined) continue
    const inside = kind.inside(value as never, path + name)
    if (inside !== undefined) return inside
  }
  for (const name of requiredOf(table))
    if (given[name] === undefined)
      return invalidOption(path + name, table[name]?.kind.expected ?? [], undefined)
  return undefined
}

const requiredNames = new WeakMap<Rows, readonly string[]>()

function requiredOf(table: Rows): readonly string[] {
  let names = requiredNames.get(table)
  if (names === undefined) {
    names = Object.keys(table).filter(name => table[name]?.required === true)
    requiredNames.set(table, names)
  }
  return names
}
