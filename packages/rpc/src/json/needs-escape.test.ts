import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { needsNoEscape } from './needs-escape.js'

const asIs = (text: string): boolean => JSON.stringify(text) === `"${text}"`

describe('A text that JSON writes as it is', () => {
  it('is found to be one, for each character at each place', () => {
    for (let code = 0; code < 0x180; code++)
      for (let place = 0; place < 9; place++) {
        const text = 'a'.repeat(place) + String.fromCharCode(code) + 'b'.repeat(8 - place)
        // Control characters beyond ASCII are taken to need an escape.
        expect([code, place, needsNoEscape(text)]).toEqual([
          code,
          place,
          asIs(text) && !(code > 0x7f && code < 0xa0),
        ])
      }
  })

  it('is found to be one however long it is', () => {
    const letter = fc.constantFrom('"', '\\', '\n', '\x1f', ' ', '~', 'é', '\ud83d\ude00', '\ud800', '€', '')
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 140_000 }), fc.nat(200_000), letter, (length, at, letter) => {
        const plain = 'x'.repeat(length)
        const text = plain.slice(0, at) + letter + plain.slice(at)
        expect(needsNoEscape(text)).toBe(asIs(text))
      }),
    )
  })
})
