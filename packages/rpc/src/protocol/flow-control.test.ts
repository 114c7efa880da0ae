import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { ReceiveWindow, SendWindow } from './flow-control.js'

const mebibyte = 1024 * 1024

describe('The window of the sending side', () => {
  it('closes at 4096 items, however small', () => {
    const window = new SendWindow()
    for (let n = 0; n < 4095; n++) window.sent(1)
    expect(window.isOpen).toBe(true)
    window.sent(1)
    expect(window.isOpen).toBe(false)
  })

  it('closes at 1 MiB, which the last item may go over', () => {
    const window = new SendWindow()
    window.sent(mebibyte - 1)
    expect(window.isOpen).toBe(true)
    window.sent(50 * mebibyte)
    expect(window.isOpen).toBe(false)
    window.credit(1)
    expect(window.isOpen).toBe(false)
    window.credit(1)
    expect(window.isOpen).toBe(true)
  })

  it('ignores credit that is none, and takes too much as all', () => {
    const window = new SendWindow()
    for (let n = 0; n < 4096; n++) window.sent(1)
    for (const items of [0, -1, 1.5, NaN, '5', null, undefined, [1]]) window.credit(items)
    expect(window.isOpen).toBe(false)
    window.credit(Number.MAX_VALUE)
    for (let n = 0; n < 4095; n++) window.sent(1)
    expect(window.isOpen).toBe(true)
  })

  it('removes the oldest entries, whatever comes in whatever order', () => {
    const step = fc.oneof(
      fc.record({ sent: fc.nat(1_000) }),
      fc.record({ sent: fc.nat(200_000) }),
      fc.record({ credit: fc.nat(300) }),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 2000 }), steps => {
        const window = new SendWindow()
        let model: number[] = []
        for (const one of steps) {
          if ('sent' in one) {
            window.sent(one.sent)
            model.push(one.sent)
          } else {
            window.credit(one.credit)
            model = model.slice(one.credit)
          }
          expect(window.isOpen).toBe(model.length < 4096 && model.reduce((a, b) => a + b, 0) < mebibyte)
        }
      }),
      { numRuns: 30 },
    )
  })
})

describe('The credit of the reading side', () => {
  it('comes after 2048 items, after 512 KiB, and for the rest when it is asked for', () => {
    const credit = new ReceiveWindow()
    for (let n = 0; n < 2047; n++) expect(credit.consumed(1, 1)).toBe(0)
    expect(credit.consumed(1, 1)).toBe(2048)
    expect(credit.consumed(1, 400 * 1024)).toBe(0)
    expect(credit.consumed(2, 56 * 1024)).toBe(3)
    expect(credit.consumed(1, 1)).toBe(0)
    expect(credit.take()).toBe(1)
    expect(credit.take()).toBe(0)
  })
})
