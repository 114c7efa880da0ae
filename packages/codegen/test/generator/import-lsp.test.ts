import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { PlainContract } from '@simple-ipc/rpc'
import { describe, expect, it } from 'vitest'
import { CodegenError } from '../../src/contract/codegen-error.js'
import { Exceptions, readExceptions } from '../../src/import/base/exceptions.js'
import { importLsp } from '../../src/import/lsp/import-lsp.js'
import { metaModelFault, type LspMetaModel } from '../../src/import/lsp/lsp-meta-model.js'
import { readContract } from '../../src/model/read-contract.js'
import { resolveExceptions } from '../../src/import/resolve-exceptions.js'
import { inTests } from '../support/paths.js'

const data = inTests('..', '..', 'lsp', 'model')
const model = JSON.parse(readFileSync(path.join(data, 'metaModel.json'), 'utf8')) as LspMetaModel
const exceptions = readExceptions(readFileSync(path.join(data, 'exceptions.json'), 'utf8'), 'exceptions')

/** A meta model with little in it. */
const small = (parts: Partial<LspMetaModel>): LspMetaModel => ({
  metaData: { version: '1.0.0' },
  requests: [],
  notifications: [],
  structures: [],
  enumerations: [],
  typeAliases: [],
  ...parts,
})
const text = { kind: 'base', name: 'string' } as const
const ref = (name: string) => ({ kind: 'reference', name }) as const

function refusals(parts: Partial<LspMetaModel>): string[] {
  try {
    resolveExceptions(importLsp(small(parts)), new Exceptions([]), 'it')
    return []
  } catch (error) {
    if (error instanceof CodegenError) return error.refusals.map(each => `${each.path}: ${each.message}`)
    throw error
  }
}
const imported = (parts: Partial<LspMetaModel>): PlainContract =>
  resolveExceptions(importLsp(small(parts)), new Exceptions([]), 'it').contract

describe('the whole protocol', () => {
  const { contract, json } = resolveExceptions(importLsp(model), new Exceptions(exceptions), 'metaModel.json')

  it('is there: every request and notification in its direction, every type but those that only others extend', () => {
    const count = (things: object) => Object.keys(things).length
    expect(count(contract.child.methods) + count(contract.host.methods)).toBe(69)
    expect(count(contract.host.methods)).toBe(15)
    // Two go both ways; of these, how calls are cancelled is said by `foreign`.
    expect(count(contract.child.notifications)).toBe(20)
    expect(count(contract.host.notifications)).toBe(6)
    expect(contract.foreign).toEqual({ cancel: 'lsp', progress: 'lsp' })
    const isLeftOut = (name: string): boolean =>
      name.startsWith('_') ||
      exceptions.some(each => each.path === `/types/${name}` && each.instead === 'nothing')
    const declared = [...model.structures, ...model.enumerations, ...model.typeAliases]
    for (const { name } of declared.filter(each => !isLeftOut(each.name)))
      expect(contract.types, name).toHaveProperty(name)
  })

  it('needs every exception of the list, and the list does not grow', () => {
    expect(exceptions.length).toBeLessThanOrEqual(40)
    for (const { reason } of exceptions) expect(reason).toMatch(/^[A-Z].{20,}/)
    const list = [...exceptions, { path: '/types/Range', instead: {}, reason: 'x' }]
    expect(resolveExceptions(importLsp(model), new Exceptions(list), 'it').notes).toEqual([
      { path: '/types/Range', message: 'is an exception that this document does not need' },
    ])
  })

  it('takes nothing for any value but what the protocol says is any value', () => {
    const { types, ...rest } = readContract(json)
    const isAny = (thing: unknown): boolean => JSON.stringify(thing).includes('{"kind":"any"}')
    expect(types.filter(isAny).map(({ id }) => id)).toEqual(['LSPAny'])
    expect(isAny(rest)).toBe(false)
  })

  it('refuses by name what cannot be told apart, all at once', () => {
    const settled = () => resolveExceptions(importLsp(model), new Exceptions([]), 'metaModel.json')
    expect(settled).toThrow(
      /\/types\/InlineValue: \/types\/InlineValue\/anyOf\/1 cannot be distinguished from \/types\/InlineValue\/anyOf\/0: both are an object; give/,
    )
    expect(settled).toThrow(/\/host\/notifications\/telemetry~1event: must be an object/)
  })
})

describe('of its parts', () => {
  it('structures are flattened: what they extend, what is mixed in, what they say more exactly', () => {
    const { types } = imported({
      structures: [
        {
          name: '_Base',
          properties: [
            { name: 'kind', type: text },
            { name: 'id', type: text },
          ],
        },
        { name: 'Mixin', properties: [{ name: 'note', type: text, optional: true }] },
        {
          name: 'Thing',
          extends: [ref('_Base')],
          mixins: [ref('Mixin')],
          properties: [{ name: 'kind', type: { kind: 'stringLiteral', value: 'thing' } }],
          documentation: 'A thing.',
          since: '3.2',
        },
      ],
    })
    expect(types).toEqual({
      Mixin: { type: 'object', properties: { note: { type: 'string' } } },
      Thing: {
        type: 'object',
        properties: {
          kind: { type: 'string', const: 'thing' },
          id: { type: 'string' },
          note: { type: 'string' },
        },
        required: ['kind', 'id'],
        description: 'A thing.\n\n@since 3.2',
      },
    })
  })

  it('another name for a type or a text is a type of that name, also where it names the members of a map', () => {
    const { types } = imported({
      structures: [
        { name: 'Link', properties: [{ name: 'to', type: text }] },
        {
          name: 'Edit',
          properties: [
            { name: 'id', type: ref('Id'), documentation: 'Its own.' },
            { name: 'links', type: { kind: 'map', key: ref('Id'), value: ref('Target') } },
            { name: 'label', type: text },
          ],
        },
      ],
      typeAliases: [
        { name: 'Id', type: text, documentation: 'Given once.' },
        { name: 'Target', type: ref('Link') },
      ],
    })
    expect(types['Id']).toEqual({ type: 'string', description: 'Given once.' })
    expect(types['Target']).toEqual({ $ref: 'Link' })
    expect(types['Edit']?.properties).toEqual({
      id: { $ref: 'Id', description: 'Its own.' },
      links: { type: 'object', additionalProperties: { $ref: 'Target' } },
      label: { type: 'string' },
    })
  })

  it('enumerations are open where custom values are supported, and keep the names of their values', () => {
    const { types } = imported({
      enumerations: [
        {
          name: 'Level',
          type: { kind: 'base', name: 'uinteger' },
          values: [
            { name: 'Low', value: 1, documentation: 'Not\nhigh.' },
            { name: 'High', value: 2 },
          ],
          supportsCustomValues: true,
        },
      ],
    })
    expect(types['Level']).toEqual({
      type: 'integer',
      enum: [1, 2],
      'x-open': true,
      description: '- 1 Low: Not high.\n- 2 High',
    })
  })

  it.each([
    ['a reference to nothing', { kind: 'reference', name: 'Gone' }, /^\/structures\/S\/m: refers to 'Gone'/],
    ['a kind of a later version', { kind: 'regexp' }, /^\/structures\/S\/m: has the unknown kind 'regexp'/],
    [
      'a base type of a later version',
      { kind: 'base', name: 'int64' },
      /^\/structures\/S\/m: is the unknown base type 'int64'/,
    ],
    [
      'a map whose names are no texts',
      { kind: 'map', key: { kind: 'base', name: 'integer' }, value: text },
      /key: is not a string/,
    ],
    ['a join of something else', { kind: 'and', items: [text] }, /is not a structure/],
  ])('%s is refused with its place', (_, type, why) => {
    const found = refusals({ structures: [{ name: 'S', properties: [{ name: 'm', type: type as never }] }] })
    expect(found.join('\n')).toMatch(why)
  })

  it('a structure that extends itself is refused', () => {
    const structures = [
      { name: 'A', properties: [], extends: [ref('B')] },
      { name: 'B', properties: [], extends: [ref('A')] },
    ]
    expect(refusals({ structures }).join('\n')).toContain('extends itself')
  })

  it('a document that is something else is said to be so', () => {
    expect(metaModelFault({ openrpc: '1.3.2' })).toContain('is not a meta model')
    expect(metaModelFault(null)).toContain('is not a meta model')
    expect(metaModelFault({ metaData: { version: '1' } })).toContain("'requests' is missing")
  })
})
