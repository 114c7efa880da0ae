import { defineContract, Open, serializeContract, Type } from '@simple-ipc/rpc'
import { describe, expect, it } from 'vitest'
import { CodegenError } from '../../../contract/codegen-error.js'
import { generate } from '../../../generate/generate.js'
import type { Model } from '../../../model/model.js'
import { readContract } from '../../../model/read-contract.js'
import { exported } from './facts.js'
import { GoNames } from './names.js'
import { comment, quoted } from '../print/text.js'

type Parts = Omit<Parameters<typeof defineContract>[0], 'name' | 'version'>

const modelOf = (parts: Parts, name = 'a'): Model =>
  readContract(serializeContract(defineContract({ name, version: '1.0.0', ...parts })))

const namesOf = (parts: Parts, name = 'a'): GoNames => new GoNames(modelOf(parts, name))

function refusals(parts: Parts): string[] {
  try {
    namesOf(parts)
    return []
  } catch (error) {
    if (error instanceof CodegenError) return error.refusals.map(each => `${each.path}: ${each.message}`)
    throw error
  }
}

describe('a name in Go', () => {
  it.each([
    ['userId', 'UserID'],
    ['html_page-url', 'HTMLPageURL'],
    ['HTTPServer', 'HTTPServer'],
    ['1st', 'X1st'],
    ['größe', 'Größe'],
    ['名前', 'X名前'],
    ['हिन्दी', 'Xहu93fनu94dदu940'],
    ['', ''],
  ])('%s becomes %s', (text, name) => expect(exported(text)).toBe(name))

  it.each([
    ['profiler', 'profiler'],
    ['my-contract/v2', 'mycontractv2'],
    ['größen', 'groudfen'],
    ['func', 'funccontract'],
    ['main', 'maincontract'],
    ['ipc', 'ipccontract'],
    ['internal', 'internalcontract'],
    ['jsontree', 'jsontree'],
    ['2d', 'p2d'],
    ['…', 'pu2026'],
  ])('the package of %s is %s', (text, name) => expect(namesOf({}, text).package).toBe(name))

  it('gets a suffix where our own code has it, and none where only the runtime has it', () => {
    const names = namesOf({
      types: {
        Error: Type.Object({}),
        Stream: Type.Object({}),
        HostClient: Type.Object({}),
        Thing: Type.Object({}),
      },
    })
    expect(['Error', 'Stream', 'HostClient', 'Thing'].map(id => names.type(id))).toEqual([
      'ErrorType',
      'Stream',
      'HostClientType',
      'Thing',
    ])
    expect(names.method('ping')).toBe('PingMethod')
  })
})

it('a field is no method of its type', () => {
  const model = modelOf({ types: { Thing: Type.Object({ marshalJSON: Type.String() }) } })
  const fields = new GoNames(model).members(model.typeOf('Thing'))
  expect([...fields.values()]).toEqual(['MarshalJSONField'])
})

it('the values of one kind that have a type of their own are wrapped under another name', () => {
  const types = {
    Inner: Open(Type.Union([Type.Literal('a'), Type.Literal(1)])),
    ShapeString: Open(Type.Union([Type.Literal('b'), Type.Literal(2)])),
    Place: Type.Union([Type.Array(Type.String()), Type.Ref('Inner')]),
    Shape: Type.Union([Type.Array(Type.String()), Type.Ref('ShapeString')]),
  }
  const names = namesOf({ types })
  expect(names.kind('Place', 'string')).toBe('PlaceString')
  expect(names.kind('Shape', 'string')).toBe('ShapeStringValue')
  expect(names.type('ShapeString')).toBe('ShapeString')
})

describe('refused are', () => {
  it('types that hold themselves in every value', () => {
    const types = {
      Egg: Type.Object({ hen: Type.Ref('Hen') }),
      Hen: Type.Tuple([Type.Ref('Egg')]),
      Chain: Type.Object({ next: Type.Optional(Type.Ref('Chain')) }),
    }
    const json = serializeContract(defineContract({ name: 'a', version: '1', types }))
    expect(() => generate(json, 'go')).toThrow(
      /\/types\/Egg: holds itself in every value.*\n.*\/types\/Hen: holds itself/,
    )
  })

  it('two values of a list that would be one constant', () => {
    expect(refusals({ types: { Sign: Type.Enum(['a-b', 'a_b', 'c']) } })).toEqual([
      "/types/Sign/enum/1: becomes the name 'SignAB', and so does /types/Sign/enum/0; rename one of them",
    ])
  })

  it('a type called like a constant, an error or a function that others need', () => {
    const types = {
      Color: Type.Enum(['red', 'green']),
      ColorRed: Type.Object({}),
      DecodeColor: Type.Object({}),
    }
    expect(refusals({ types }).length).toBe(2)
    expect(
      refusals({
        types: { GoFailedError: Type.Object({}) },
        child: { methods: { go: { errors: { Failed: { code: 1 } } } } },
      }),
    ).toEqual([
      "/child/methods/go/errors/Failed: becomes the name 'GoFailedError', and so does /types/GoFailedError; rename one of them",
    ])
  })

  it('members and methods that differ in signs only', () => {
    expect(refusals({ child: { methods: { 'a/b': {}, a_b: {} } } })).toEqual([
      "/child/methods/a_b: becomes the method 'AB', and so does /child/methods/a~1b; rename one of them",
    ])
  })
})

describe('a text in Go', () => {
  it.each([
    ['plain', '"plain"'],
    ['"quoted"', '`"quoted"`'],
    ['`"both"', '"`\\"both\\""'],
    ['line\nbreak', '"line\\nbreak"'],
    ['\u202e\u0000\ufeff', '"\\u202e\\u0000\\ufeff"'],
  ])('%j is %s', (text, literal) => expect(quoted(text)).toBe(literal))

  it('stays within its comment, and is no heading, code or link to gofmt', () => {
    expect(comment(['a\r\nb\u2028c', '\tcode', '[link]: http://x', 'A heading', "''quoted``"])).toEqual([
      '// a',
      '// b',
      '// c',
      '//',
      '// code',
      '//',
      '// \\[link]: http://x',
      '//',
      '// A heading.',
      '//',
      '// ”quoted“',
    ])
  })
})
