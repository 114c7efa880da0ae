import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { IdTable } from './id-table.js'
import type { Id } from './message.js'

describe('an IdTable', () => {
  test('holds what a map would hold, whatever the ids and however many', () => {
    const id = fc.oneof(
      fc.integer({ min: 0, max: 5 }),
      fc.constantFrom(1024, 1025, 2048, 2049, -1, -1024, 2 ** 31, 2 ** 32 + 1, Number.MAX_SAFE_INTEGER, 0.5),
      fc.constantFrom('', '1', 'a'),
    )
    const step = fc.record({ do: fc.constantFrom('add', 'remove', 'get'), id })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), steps => {
        const table = new IdTable<{ id: Id }>()
        const map = new Map<Id, { id: Id }>()
        for (const { do: what, id } of steps) {
          if (what === 'remove') {
            table.remove(id)
            map.delete(id)
          } else if (what === 'add' && !map.has(id)) {
            const entry = { id }
            table.add(entry)
            map.set(id, entry)
          }
          expect(table.get(id)).toBe(map.get(id))
          expect(table.size).toBe(map.size)
        }
        expect(new Set(table.all())).toEqual(new Set(map.values()))
        expect(table.all().length).toBe(map.size)
        table.clear()
        expect([table.size, table.all()]).toEqual([0, []])
      }),
      { numRuns: 2000 },
    )
  })

  test('keeps those that stay open while thousands come and go, and tells them in their order', () => {
    const table = new IdTable<{ id: Id }>()
    for (let id = 1; id <= 10_000; id++) {
      table.add({ id })
      if (id % 1000 !== 1) table.remove(id)
    }
    expect(table.all().map(({ id }) => id)).toEqual([1, 1001, 2001, 3001, 4001, 5001, 6001, 7001, 8001, 9001])
    expect(table.get(1)).toEqual({ id: 1 })
    expect([undefined, null, '1', 1.5, {}].map(id => table.get(id))).toEqual(Array(5).fill(undefined))
  })
})
