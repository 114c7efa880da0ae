import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { Type } from 'typebox'
import { describe, expect, it } from 'vitest'

import { compilerReady } from '../validate/codec.js'
import { defineContract } from './define-contract.js'
import { membersOf, type Member } from './members.js'
import { serializeContract } from './serialize-contract.js'

const contract = defineContract({
  name: 'test',
  version: '1',
  types: {
    Tree: Type.Array(Type.Ref('Tree')),
    T: Type.Union([
      Type.Object({ a: Type.Ref('T') }),
      Type.Object({ a: Type.Ref('T'), b: Type.Null() }),
      Type.Null(),
    ]),
  },
  child: {
    methods: {
      all: {
        params: Type.Object({ a: Type.Number() }),
        result: Type.String(),
        stream: Type.Integer(),
        progress: Type.Boolean(),
        errors: { Bad: { code: 1, data: Type.Null() }, Worse: { code: 2 } },
        idempotent: true,
      },
      none: {},
      tried: { result: Type.Ref('T') },
      tuple: { params: Type.Tuple([Type.Number()]), result: Type.Ref('Tree') },
      ['__proto__']: { result: Type.Unknown() },
    },
    notifications: { told: Type.Tuple([]) },
  },
  host: { methods: { asked: {} } },
})
const members = membersOf(contract, 'child')
function member(name: string): Member {
  const found = members.get(name)
  if (found === undefined) throw new Error(`no ${name}`)
  return found
}

describe('membersOf', () => {
  it('lists what a side implements, under any name', () => {
    expect([...members.keys()]).toEqual(['all', 'none', 'tried', 'tuple', '__proto__', 'told'])
    expect([...membersOf(contract, 'host').keys()]).toEqual(['asked'])
    expect(membersOf(contract, 'child')).toBe(members)
  })
  it('knows what those need who send and receive', () => {
    expect(member('all')).toMatchObject({ kind: 'method', idempotent: true, positional: false })
    expect(member('all').errors.get('Bad')).toMatchObject({ code: 1 })
    expect(member('all').errors.get('Worse')).toEqual({ code: 2 })
    expect(member('tuple').positional).toBe(true)
    expect(member('none')).not.toHaveProperty('item')
    expect(member('told')).toMatchObject({ kind: 'notification', idempotent: false, positional: true })
  })
})

it('membersOf says what it wants', () => {
  expect(() => membersOf({} as never, 'child')).toThrow('Not a contract: pass what defineContract returned')
})

describe('a method without params and result', () => {
  const { params, result } = member('none')
  it('sends neither, and bears what is sent', () => {
    expect([params.encode({ a: 1 }), params.decode({}), result.encode(5), result.decode(null)]).toEqual([
      undefined,
      undefined,
      null,
      undefined,
    ])
    expect(params.check({ unknown: 1 })).toBeUndefined()
    expect(params.check([])).toBeUndefined()
    expect(params.check([1])).toEqual({ path: '', message: 'must be an object' })
    expect(result.check({ any: 'thing' })).toBeUndefined()
  })
})

describe('a codec', () => {
  const looks = () => {
    const { params, item } = member('all')
    expect(params.check({ a: 1 })).toBeUndefined()
    expect(params.check({ a: '' })).toEqual({ path: '/a', message: 'must be a number' })
    expect(params.check({})).toEqual({ path: '/a', message: 'is missing' })
    expect(item?.check(2 ** 60)?.message).toMatch(/^must be an integer from/)
    const circle: unknown[] = []
    circle.push(circle)
    expect(member('tuple').result.check(circle)?.message).toBe('contains itself')
    let deep: unknown[] = []
    for (let i = 0; i < 50_000; i++) deep = [deep]
    expect(member('tuple').result.check(deep)?.message).toBe('is nested deeper than 100 levels')
    expect(member('__proto__').result.check(deep)?.message).toBe('is nested deeper than 100 levels')
    expect(member('__proto__').result.check({ a: circle })?.message).toBe('contains itself')
    expect(member('all').result.check('x'.repeat(10_000_000))).toBeUndefined()
    expect(member('__proto__').result.check(new Array(1_000_000).fill(0))).toBeUndefined()
    expect(member('__proto__').result.check(new Array(10))).toEqual({
      path: '/0',
      message: 'must be a JSON value',
    })
  }
  it('checks before the compiler is there', looks)
  it('checks the same with it', async () => {
    await compilerReady()
    looks()
  })
  it('does not try unions inside each other again and again', async () => {
    await compilerReady()
    let value: unknown = 1
    for (let i = 0; i < 90; i++) value = { a: value }
    expect(member('tried').result.check(value)?.message).toBe('must fit one of the 2 shapes allowed here')
  })
  it('checks where code may not be generated', () => {
    const program = fileURLToPath(new URL('../../test/fixtures/calls-add-in-memory.mjs', import.meta.url))
    const said = execFileSync(process.execPath, ['--disallow-code-generation-from-strings', program], {
      encoding: 'utf8',
    })
    expect(said).toBe('3\nadd was not sent: params/1 must be an integer, not 2.5\n')
  })
})

it('serializeContract gives JSON, with names for what is a type', () => {
  const Point = Type.Object({ x: Type.Number() }, { description: 'A point' })
  const one = defineContract({
    name: 'points',
    version: '2',
    types: { Point },
    foreign: true,
    child: {
      methods: {
        move: {
          summary: 's',
          params: Type.Object({
            to: Type.Object({ x: Type.Number() }, { description: 'Whither' }),
            via: Type.Array(Point),
          }),
        },
      },
    },
  })
  expect(serializeContract(one)).toEqual({
    name: 'points',
    version: '2',
    hash: one.hash,
    types: {
      Point: {
        type: 'object',
        properties: { x: { type: 'number' } },
        required: ['x'],
        description: 'A point',
      },
    },
    child: {
      methods: {
        move: {
          summary: 's',
          params: {
            type: 'object',
            properties: {
              to: { $ref: 'Point', description: 'Whither' },
              via: { type: 'array', items: { $ref: 'Point' } },
            },
            required: ['to', 'via'],
          },
        },
      },
      notifications: {},
    },
    host: { methods: {}, notifications: {} },
    foreign: { cancel: 'none' },
  })
})
