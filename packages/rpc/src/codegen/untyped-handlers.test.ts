import { describe, expect, it } from 'vitest'

import { defineContract } from '../contract/define-contract.js'
import { Type } from '../index.js'
import { untypedHandlers, type HandlerContext } from './untyped-handlers.js'

const contract = defineContract({
  name: 'handlers',
  version: '1.0.0',
  child: {
    methods: {
      add: { params: Type.Tuple([Type.Number()]) },
      nothing: {},
      'get/it': {},
      toString: {},
      ['__proto__']: {},
    },
    notifications: { told: Type.Object({}) },
  },
})
type Context = HandlerContext<unknown, string>
const running = { signal: new AbortController().signal, progress: () => undefined, peer: 'the remote' }
const made = (handlers: object, names = {}) =>
  untypedHandlers(
    contract,
    'child',
    handlers,
    names,
    remote => `the peer over ${remote as unknown as string}`,
  )

describe('handlers of generated code', () => {
  it('get the params, if there are any, and a context with the other side as their user knows it', () => {
    const got: unknown[][] = []
    const handlers = made({
      add: (...all: unknown[]) => got.push(all),
      nothing: (...all: unknown[]) => got.push(all),
      told: (...all: unknown[]) => got.push(all),
    })
    handlers['add']?.([1], running)
    handlers['nothing']?.(undefined, running)
    handlers['told']?.({})
    const [[params, context], [other], told] = got as [[unknown, Context], [Context], unknown[]]
    expect(params).toEqual([1])
    for (const each of [context, other]) {
      expect(each.peer).toBe('the peer over the remote')
      expect(each.signal).toBe(running.signal)
      expect(each.progress).toBe(running.progress)
    }
    expect(told).toEqual([{}])
  })

  it('are found by their own names, and keep what `this` is', () => {
    class Child {
      readonly value = 42
      getIt(): number {
        return this.value
      }
    }
    expect(made(new Child(), { 'get/it': 'getIt' })['get/it']?.(undefined, running)).toBe(42)
  })

  it('are not there if their user has none', () => {
    expect(Object.keys(made({ add: 3 }))).toEqual([])
  })

  it('may have the names of what every object has', () => {
    const handlers = made(
      { proto: () => 'mine', toString_: () => 'text' },
      { ['__proto__']: 'proto', toString: 'toString_' },
    )
    const found = Object.fromEntries(
      Object.entries(handlers).map(([name, handler]) => [`the ${name}`, handler]),
    )
    expect(found['the __proto__']?.(undefined, running)).toBe('mine')
    expect(found['the toString']?.(undefined, running)).toBe('text')
  })
})
