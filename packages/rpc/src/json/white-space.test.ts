import { expect, it } from 'vitest'

import { opensObjectOrList, trimJson } from './white-space.js'

it('only the white space that JSON has is taken away', () => {
  expect(trimJson(' \t\r\n{} \t\r\n')).toBe('{}')
  expect(trimJson('{ }')).toBe('{ }')
  expect(trimJson('')).toBe('')
  for (const other of ['\ufeff', '\u00a0', '\u2028', '\v', '\f', '\u0000', '\u0085'])
    expect([trimJson(`${other}{}`), trimJson(`{}${other}`), opensObjectOrList(`${other}{}`)]).toEqual([
      `${other}{}`,
      `{}${other}`,
      false,
    ])
  expect([opensObjectOrList(' {'), opensObjectOrList('\t['), opensObjectOrList(' x')]).toEqual([
    true,
    true,
    false,
  ])
})
