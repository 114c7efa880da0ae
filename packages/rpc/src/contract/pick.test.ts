import { Type } from 'typebox'
import { describe, expect, it } from 'vitest'

import { contractFromText } from '../codegen/contract-from-json.js'
import manifest from '../../package.json' with { type: 'json' }
import type { ContractSpec } from './contract-spec.js'
import { defineContract, plainContract } from './define-contract.js'
import { membersOf } from './members.js'
import { pick } from './pick.js'
import { serializeContract } from './serialize-contract.js'

const whole = defineContract({
  name: 'whole',
  version: '2',
  foreign: { cancel: 'lsp', progress: 'lsp' },
  types: {
    Tree: Type.Object({ leaf: Type.Ref('Leaf'), below: Type.Array(Type.Ref('Tree')) }),
    Leaf: Type.Object({ size: Type.Integer() }),
    Other: Type.Object({ text: Type.String() }),
    Trouble: Type.Object({ why: Type.String() }),
  },
  child: {
    methods: {
      grow: {
        params: Type.Ref('Tree'),
        errors: { Storm: { code: 1, data: Type.Ref('Trouble') } },
      },
      write: { params: Type.Ref('Other'), result: Type.Integer() },
      both: {},
    },
    notifications: { said: Type.Ref('Other'), __proto__: Type.Object({}) },
  },
  host: { methods: { both: {}, asked: {} }, notifications: { told: Type.Ref('Leaf') } },
})

describe('pick', () => {
  it('keeps the members named, of both sides, with the types that they need, in their order', () => {
    const picked = pick(whole, ['grow', 'both', 'told'])
    expect(picked).toMatchObject({ name: 'whole', version: '2' })
    const { types, child, host, foreign } = plainContract(picked)
    expect(Object.keys(types)).toEqual(['Tree', 'Leaf', 'Trouble'])
    expect(Object.keys(child.methods)).toEqual(['grow', 'both'])
    expect(child.notifications).toEqual({})
    expect(Object.keys(host.methods)).toEqual(['both'])
    expect(Object.keys(host.notifications)).toEqual(['told'])
    expect(foreign).toEqual({ cancel: 'lsp', progress: 'lsp' })
    expect([...membersOf(picked, 'child').keys()]).toEqual(['grow', 'both'])
  })

  it('has the hash of the same contract written by hand', () => {
    const byHand = defineContract({
      name: 'other',
      version: '1',
      types: { Other: Type.Object({ text: Type.String() }) },
      child: { methods: { write: { params: Type.Ref('Other'), result: Type.Integer() } } },
    })
    const picked = pick(whole, ['write'])
    expect(picked.hash).toBe(byHand.hash)
    expect(picked.hash).not.toBe(whole.hash)
    expect(pick(picked, ['write']).hash).toBe(byHand.hash)
  })

  it('refuses a name that is not there, with the nearest that is', () => {
    expect(() => pick(whole, ['write', 'grwo' as 'grow'])).toThrow(
      new TypeError("The contract 'whole' has no method or notification \"grwo\"; did you mean 'grow'?"),
    )
    expect(() => pick(whole, [1 as never])).toThrow(TypeError)
    expect(() => pick(whole, ['toString' as 'grow'])).toThrow(TypeError)
  })
})

describe('contractFromText', () => {
  const { name, version, hash, ...rest } = serializeContract(whole)

  it('is the contract that the text says, read when it is first used', () => {
    expect(contractFromText(manifest.version, { name, version, hash }, 'no JSON')).toMatchObject({
      name,
      hash,
    })
    const contract = contractFromText<ContractSpec>(
      manifest.version,
      { name, version, hash },
      JSON.stringify(rest),
    )
    expect(serializeContract(contract)).toEqual(serializeContract(whole))
    expect(contract.spec.foreign).toEqual({ cancel: 'lsp', progress: 'lsp' })
  })

  it('converts what has another form in JavaScript', () => {
    const text = JSON.stringify({
      types: {},
      child: { methods: { size: { result: { type: 'string', format: 'int64' } } }, notifications: {} },
      host: { methods: {}, notifications: {} },
    })
    const contract = contractFromText(manifest.version, { name, version, hash }, text)
    expect(membersOf(contract, 'child').get('size')?.result.decode('12')).toBe(12n)
  })

  it('refuses the text of another release', () => {
    expect(() => contractFromText('99.0.0', { name, version, hash }, '{}')).toThrow(/generate it again/)
  })
})
