import jsonSchemaMeta from '@json-schema-tools/meta-schema'
import openRpcMeta from '@open-rpc/meta-schema'
import Ajv from 'ajv'
import { Type } from 'typebox'
import { describe, expect, it } from 'vitest'

import { hashedText } from '../contract/contract-hash.js'
import { defineContract, plainContract } from '../contract/define-contract.js'
import { serializeContract } from '../contract/serialize-contract.js'
import { Bytes, Int64 } from '../schema/converted-schema.js'
import { Open } from '../schema/open-schema.js'
import { fromOpenRpc } from './read-openrpc.js'
import { discover } from './write-openrpc.js'

const contract = defineContract({
  name: 'everything',
  version: '1.2.3',
  types: {
    Column: Type.Object({ name: Type.String(), size: Int64() }, { description: 'One column' }),
    Node: Type.Object({ next: Type.Optional(Type.Ref('Node')) }),
    Colour: Open(Type.Enum(['red', 'green'])),
    Request: Type.Object({ path: Type.String() }),
  },
  child: {
    methods: {
      profile: {
        summary: 'Profiles',
        description: 'At length',
        deprecated: true,
        idempotent: true,
        params: Type.Object({ path: Type.String(), tree: Type.Optional(Type.Ref('Node')) }),
        stream: Type.Ref('Column'),
        progress: Type.Number({ minimum: 0 }),
        result: Type.Record(Type.String(), Bytes()),
        errors: {
          NotACsv: { code: 1001, summary: 'No CSV', data: Type.Object({ line: Type.Integer() }) },
          Empty: { code: 1002 },
        },
      },
      add: { params: Type.Tuple([Type.Number(), Type.Number()]), result: Type.Number() },
      nothing: {},
      paint: {
        params: Type.Object({ colour: Type.Ref('Colour'), '': Type.Null() }, { additionalProperties: false }),
      },
      byRef: { params: Type.Ref('Request'), result: Type.Unknown() },
      byMap: {
        params: Type.Record(Type.String({ pattern: '^a' }), Type.Integer()),
        result: Type.Union([Type.Literal(1), Type.Null()]),
      },
      ['__proto__']: { params: Type.Object({ ['__proto__']: Type.Null() }) },
    },
    notifications: { flush: Type.Object({}), both: Type.Tuple([Type.Ref('Column'), Type.Boolean()]) },
  },
  host: {
    methods: { confirm: { params: Type.Object({ question: Type.String() }), result: Type.Boolean() } },
  },
})

const validate = new Ajv({ schemaId: 'auto', unknownFormats: 'ignore' }).addSchema(
  jsonSchemaMeta,
  'https://meta.json-schema.tools',
)

describe('the OpenRPC document', () => {
  const document = discover(contract)
  const method = (name: string) => document.methods.find(found => found.name === name)

  it('is valid against the meta-schema of OpenRPC', () => {
    const check = validate.compile(openRpcMeta)
    check(document)
    expect(check.errors).toBeNull()
    check({ ...document, methods: [{ name: 'x' }] })
    expect(check.errors).not.toBeNull()
  })
  it('has a null result for a method without one, and none for a notification', () => {
    expect(method('nothing')).toEqual({
      name: 'nothing',
      paramStructure: 'by-name',
      params: [],
      result: { name: 'result', schema: { type: 'null' } },
    })
    expect(method('flush')).toEqual({ name: 'flush', paramStructure: 'by-name', params: [] })
  })
  it('has tuples by position', () => {
    expect(method('add')).toMatchObject({
      paramStructure: 'by-position',
      params: [
        { name: 'p0', schema: { type: 'number' }, required: true },
        { name: 'p1', schema: { type: 'number' }, required: true },
      ],
    })
  })
  it('keeps in extensions what OpenRPC has no words for', () => {
    expect(method('profile')).toMatchObject({
      'x-stream': { $ref: '#/components/schemas/Column' },
      'x-progress': { type: 'number', minimum: 0 },
      'x-idempotent': true,
      errors: [
        { code: 1001, message: 'No CSV', data: { 'x-name': 'NotACsv', 'x-data': { type: 'object' } } },
        { code: 1002, message: 'Empty', data: { 'x-name': 'Empty' } },
      ],
    })
    expect(document.components.schemas['Colour']).toEqual({ enum: ['red', 'green'], 'x-open': true })
    expect(document['x-host'].map(({ name }) => name)).toEqual(['confirm'])
    expect(document['x-contract-hash']).toBe(contract.hash)
  })
  it('tells the whole contract: read back it is the same one', () => {
    expect(hashedText(fromOpenRpc(document))).toBe(hashedText(plainContract(contract)))
  })
  it('keeps the words for people too', () => {
    const { hash, ...plain } = serializeContract(contract)
    expect(hash).toBe(document['x-contract-hash'])
    expect(fromOpenRpc(document)).toEqual(plain)
  })
  it('tells nothing from null, and no params from an empty object', () => {
    const contract = defineContract({
      name: 'nothing',
      version: '1.0.0',
      child: {
        methods: {
          none: {},
          empty: { params: Type.Object({}), result: Type.Null() },
          tuple: { params: Type.Tuple([]) },
        },
        notifications: { told: Type.Object({}) },
      },
    })
    const { hash, ...plain } = serializeContract(contract)
    expect(hash).toMatch(/^sha256:/)
    expect(fromOpenRpc(discover(contract))).toEqual(plain)
    const check = validate.compile(openRpcMeta)
    check(discover(contract))
    expect(check.errors).toBeNull()
  })
})
