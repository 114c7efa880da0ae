import { describe, expect, it } from 'vitest'

import type { PlainSchema, PlainTypes } from './plain-schema.js'
import { unionShape } from './union-shape.js'

const tagged = (kind: string): PlainSchema => ({
  type: 'object',
  properties: { kind: { const: kind } },
  required: ['kind'],
})
const types: PlainTypes = {
  A: tagged('a'),
  B: tagged('b'),
  Both: { anyOf: [{ $ref: 'A' }, { $ref: 'B' }] },
  Alias: { $ref: 'Both' },
  Open: { anyOf: [{ const: 'x' }], 'x-open': true },
}
const shape = (...anyOf: PlainSchema[]) => unionShape({ anyOf }, types)

describe('the leaves of a union', () => {
  it('are those of unions inside it too, each with the place where it is written', () => {
    const { leaves } = shape({ type: 'null' }, { anyOf: [{ $ref: 'Alias' }, { type: 'string' }] })
    expect(leaves.map(({ schema, type, path }) => ({ schema, type, path }))).toEqual([
      { schema: { type: 'null' }, type: undefined, path: '/anyOf/0' },
      { schema: { $ref: 'A' }, type: 'Both', path: '/anyOf/0' },
      { schema: { $ref: 'B' }, type: 'Both', path: '/anyOf/1' },
      { schema: { type: 'string' }, type: undefined, path: '/anyOf/1/anyOf/1' },
    ])
    expect(leaves[1]?.plain).toBe(types['A'])
  })
  it('are each there once, and an open union is one of them', () => {
    const { leaves } = shape({ $ref: 'Both' }, { $ref: 'B' }, { $ref: 'Open' })
    expect(leaves.map(({ plain }) => plain)).toEqual([types['A'], types['B'], types['Open']])
  })
})

describe('a branch is chosen', () => {
  it('by a tag, in each branch another constant', () => {
    expect(shape({ $ref: 'Both' }).choices.get('object')).toMatchObject({
      by: 'tag',
      tag: 'kind',
      branches: new Map(Object.entries({ a: types['A'], b: types['B'] })),
    })
  })
  it('by its value, where all of a kind are lists of values', () => {
    expect(shape({ enum: ['x', 1] }, { const: 'y' }).choices.get('string')).toMatchObject({
      by: 'value',
      values: ['x', 1, 'y'],
    })
  })
  it('by its kind, where no other branch has it, and an integer is a number', () => {
    const { kinds, choices } = shape({ type: 'integer' }, { type: 'string', minLength: 1 })
    expect(kinds).toEqual(['integer', 'string'])
    expect(choices.get('number')).toMatchObject({ by: 'kind', branch: { type: 'integer' } })
  })
  it('by trial, where nothing distinguishes them', () => {
    expect(shape({ type: 'string' }, { enum: ['x'] }).choices.get('string')?.by).toBe('trial')
  })
  it('by nothing, where one accepts every value', () => {
    expect(shape({}, { type: 'string' }).any).toBe(true)
  })
})
