import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LinkedList } from './linked-list.js'

const values = Array.from({ length: 8 }, (_, n) => ({ n }))

test('a linked list holds what an array would, whatever is taken out of it', () => {
  const step = fc.oneof(
    fc.constant('shift' as const),
    fc.record({ push: fc.nat(7) }),
    fc.record({ remove: fc.nat(7) }),
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), steps => {
      const list = new LinkedList<{ n: number }>()
      const array: { n: number }[] = []
      for (const one of steps) {
        if (one === 'shift') expect(list.shift()).toBe(array.shift())
        else if ('push' in one) {
          const value = values[one.push]
          if (value === undefined || array.includes(value)) continue
          list.push(value)
          array.push(value)
        } else {
          const value = values[one.remove] ?? { n: -1 }
          const index = array.indexOf(value)
          expect(list.remove(value)).toBe(index >= 0)
          if (index >= 0) array.splice(index, 1)
        }
        expect(list.size).toBe(array.length)
      }
      while (array.length > 0) expect(list.shift()).toBe(array.shift())
      expect(list.shift()).toBeUndefined()
    }),
  )
})
