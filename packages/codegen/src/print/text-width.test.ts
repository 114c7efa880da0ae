import { describe, expect, it } from 'vitest'
import { widthByCharacter, widthOf } from './text-width.js'

describe('how wide a text is', () => {
  it.each([
    ['abc', 3, 3],
    ['é', 1, 1],
    ['e\u0301', 1, 1],
    ['漢字', 4, 4],
    ['\u{2000b}', 2, 2],
    // A sequence is one picture to prettier, and its parts to ruff.
    ['👩‍🚀', 2, 4],
    // Signs that only become pictures by a mark behind them.
    ['©', 1, 1],
    ['❤', 1, 1],
    // A vowel that takes room beside its consonant.
    ['\u0903', 1, 1],
    ['\u1160', 1, 0],
  ])('is what the formatters take it for: %s', (text, forPrettier, forRuff) => {
    expect([widthOf(text), widthByCharacter(text)]).toEqual([forPrettier, forRuff])
  })
})
