import { expect, test } from 'vitest'
import { environmentOf } from './environment.js'

const host = { PATH: '/bin', Path: 'C:\\', HOME: '/root', LC_ALL: 'C', SECRET: 'x', EMPTY: undefined }

test('inherit, the default, passes everything on', () => {
  const expected = { PATH: '/bin', Path: 'C:\\', HOME: '/root', LC_ALL: 'C', SECRET: 'x' }
  expect(environmentOf(undefined, host)).toEqual(expected)
  expect(environmentOf('inherit', host)).toEqual(expected)
})

test('minimal passes on what programs need to run, and no secrets', () => {
  expect(environmentOf('minimal', host)).toEqual({ PATH: '/bin', Path: 'C:\\', HOME: '/root', LC_ALL: 'C' })
})

test('an object is exactly what is passed on', () => {
  expect(environmentOf({ A: '1', B: undefined }, host)).toEqual({ A: '1' })
})
