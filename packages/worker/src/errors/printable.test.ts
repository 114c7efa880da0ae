import { describe, expect, test } from 'vitest'
import { printable } from './printable.js'

describe('text of a program in a log', () => {
  test.each([
    ['plain äöü 日本 😀', 'plain äöü 日本 😀'],
    ['\u001b[31mred\u0007', String.raw`\x1b[31mred\x07`],
    ['a\rb\nc\td\0', String.raw`a\x0db\x0ac\x09d\x00`],
    ['\u009b2J', String.raw`\x9b2J`],
    ['\u202egnp.exe', String.raw`\u202egnp.exe`],
    ['\u2028\ufeff', String.raw`\u2028\ufeff`],
    ['x'.repeat(600), `${'x'.repeat(500)}… (600 characters)`],
  ])('%j is printed as %s', (text, expected) => {
    expect(printable(text)).toBe(expected)
  })
})
