import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Fifo } from './fifo.js'

test('items leave in the order in which they came', () => {
  const queue = new Fifo<string>()
  expect([queue.size, queue.first, queue.shift()]).toEqual([0, undefined, undefined])
  queue.push('a')
  queue.push('b')
  expect([queue.size, queue.first, queue.shift(), queue.shift(), queue.size]).toEqual([2, 'a', 'a', 'b', 0])
})

test('whatever is pushed, taken, removed and cleared, it is the same as a list', () => {
  const step = fc.oneof(
    { weight: 4, arbitrary: fc.record({ push: fc.integer({ min: 1, max: 3000 }) }) },
    { weight: 4, arbitrary: fc.record({ take: fc.integer({ min: 1, max: 3000 }) }) },
    fc.record({ remove: fc.nat(5000) }),
    fc.constant({ clear: true }),
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), steps => {
      const queue = new Fifo<number>()
      const list: number[] = []
      let next = 0
      for (const one of steps) {
        if ('push' in one)
          for (let count = 0; count < one.push; count++) {
            queue.push(next)
            list.push(next++)
          }
        else if ('take' in one)
          for (let count = 0; count < one.take; count++) expect(queue.shift()).toBe(list.shift())
        else if ('remove' in one) {
          const index = list.indexOf(one.remove)
          if (index >= 0) list.splice(index, 1)
          expect(queue.remove(one.remove)).toBe(index >= 0)
        } else {
          queue.clear()
          list.length = 0
        }
        expect(queue.size).toBe(list.length)
        expect(queue.first).toBe(list[0])
      }
      expect([...queue]).toEqual(list)
    }),
  )
})

test('undefined is an item like others', () => {
  const queue = new Fifo<number | undefined>()
  queue.push(undefined)
  queue.push(1)
  expect([queue.size, queue.shift(), queue.size, queue.shift(), queue.size]).toEqual([2, undefined, 1, 1, 0])
})
