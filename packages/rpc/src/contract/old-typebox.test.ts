import { describe, expect, it } from 'vitest'
import { ContractError } from './contract-error.js'
import type { ContractSpec } from './contract-spec.js'
import { defineContract } from './define-contract.js'
import { serializeContract } from './serialize-contract.js'

// Schemas as @sinclair/typebox 0.34 makes them: JSON Schema, with marks of its own.
const [kind, optional, transform, hint] = ['Kind', 'Optional', 'Transform', 'Hint'].map(name =>
  Symbol.for(`TypeBox.${name}`),
) as [symbol, symbol, symbol, symbol]
const text = { type: 'string', [kind]: 'String' }
const object = (properties: object, required: string[] = []) => ({
  type: 'object',
  properties,
  ...(required.length === 0 ? {} : { required }),
  [kind]: 'Object',
})

const contractOf = (result: object) =>
  defineContract({
    name: 'demo',
    version: '1.0.0',
    child: { methods: { m: { result } } },
  } as unknown as ContractSpec)
const plain = (result: object): unknown => serializeContract(contractOf(result)).child.methods['m']?.result
function faults(result: object): string[] {
  try {
    contractOf(result)
    return []
  } catch (error) {
    return (error as ContractError).faults.map(({ path, message }) => `${path}: ${message}`)
  }
}

describe('a schema of an older TypeBox', () => {
  it('is taken for what it says', () => {
    const schema = object(
      {
        name: text,
        age: { type: 'integer', [kind]: 'Integer', [optional]: 'Optional' },
        any: { [kind]: 'Unknown' },
        shade: {
          anyOf: [
            { const: 'dark', type: 'string', [kind]: 'Literal' },
            { type: 'null', [kind]: 'Null' },
          ],
          [kind]: 'Union',
          [hint]: 'Enum',
        },
        counts: {
          type: 'object',
          patternProperties: { '^(.*)$': { type: 'number', [kind]: 'Number' } },
          [kind]: 'Record',
        },
      },
      ['name', 'any', 'shade', 'counts'],
    )
    expect(plain(schema)).toEqual({
      type: 'object',
      properties: {
        name: { type: 'string' },
        age: { type: 'integer' },
        any: {},
        shade: { anyOf: [{ const: 'dark', type: 'string' }, { type: 'null' }] },
        counts: { type: 'object', additionalProperties: { type: 'number' } },
      },
      required: ['name', 'any', 'shade', 'counts'],
    })
  })

  it('is refused where only functions of that TypeBox know what it means', () => {
    const at = '/child/methods/m/result'
    expect(faults({ ...text, [transform]: { Decode: Number, Encode: String } })).toEqual([
      `${at}: is a Type.Transform of @sinclair/typebox, whose conversions are not run here: leave it out, and convert in the handler`,
    ])
    const node = {
      ...object({ parts: { type: 'array', items: { $ref: 'T0', [kind]: 'This' }, [kind]: 'Array' } }),
      $id: 'T0',
    }
    expect(faults(node)).toEqual([
      `${at}/properties/parts/items: refers to itself by Type.Recursive of @sinclair/typebox: give the type a name in types, and use Type.Ref of @simple-ipc/rpc`,
    ])
    expect(faults({ type: 'array', items: { ...text, [optional]: 'Optional' }, [kind]: 'Array' })).toEqual([
      expect.stringContaining(`${at}/items: is marked Type.Optional`),
    ])
  })
})
