import { expectTypeOf, test } from 'vitest'
import * as kinds from './kinds.js'
import { nestedOptions, type OptionTable } from './option-table.js'

interface Options {
  name?: string | undefined
  mode?: 'fast' | 'safe'
  size: number
  on?: ((line: string) => void) | undefined
  inner?: { deep?: boolean } | undefined
}

test('a table has a row for each option, of exactly its kind', () => {
  const table = {
    name: { kind: kinds.string },
    mode: { kind: kinds.oneOf('fast', 'safe'), default: 'fast' },
    size: { kind: kinds.bytes, required: true },
    on: { kind: kinds.callback<(line: string) => void>() },
    inner: { kind: nestedOptions<{ deep?: boolean }>({ deep: { kind: kinds.boolean } }) },
  } satisfies OptionTable<Options>
  expectTypeOf(table).toExtend<OptionTable<Options>>()
  type Rows = OptionTable<Options>
  // One is missing.
  expectTypeOf<Omit<typeof table, 'name'>>().not.toExtend<Rows>()
  // One takes something else, more than the option or less.
  expectTypeOf({ kind: kinds.boolean }).not.toExtend<Rows['name']>()
  expectTypeOf({ kind: kinds.either(kinds.string, kinds.boolean) }).not.toExtend<Rows['name']>()
  expectTypeOf({ kind: kinds.oneOf('fast') }).not.toExtend<Rows['mode']>()
  expectTypeOf({ kind: kinds.callback<() => void>() }).not.toExtend<Rows['on']>()
  // One that is required does not say so.
  expectTypeOf({ kind: kinds.bytes }).not.toExtend<Rows['size']>()
  // @ts-expect-error -- there is no such option
  const more = { ...table, colour: { kind: kinds.string } } satisfies OptionTable<Options>
  expectTypeOf(more).toBeObject()
})
