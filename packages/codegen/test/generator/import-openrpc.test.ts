import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { compareContracts, discover, serializeContract, type PlainContract } from '@simple-ipc/rpc'
import { check, format } from 'prettier'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CodegenError } from '../../src/contract/codegen-error.js'
import { Exceptions, type Exception } from '../../src/import/base/exceptions.js'
import { importOpenRpc } from '../../src/import/openrpc/import-openrpc.js'
import type { OpenRpcOptions } from '../../src/import/openrpc/openrpc-document.js'
import { resolveExceptions } from '../../src/import/resolve-exceptions.js'
import { writeContract } from '../../src/import/write/write-contract.js'
import { loadContract } from '../../src/contract/load-contract.js'
import { cases } from '../support/cases.js'
import { repository } from '../support/paths.js'
import { prettierStyle } from '../support/prettier-style.js'
import { randomContract } from '../support/random-contract.js'
import { Random } from '../support/random.js'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'simple-ipc-'))
  symlinkSync(path.join(repository, 'node_modules'), path.join(folder, 'node_modules'), 'junction')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

type Options = Partial<Omit<OpenRpcOptions, 'exceptions'>> & { exceptions?: Exception[] }

function resolved(document: unknown, { exceptions: list = [], ...options }: Options = {}) {
  const exceptions = new Exceptions(list)
  return resolveExceptions(
    importOpenRpc(document, { params: 'by-name', ...options, exceptions }),
    exceptions,
    'it',
  )
}
const imported = (document: unknown, options: Options = {}): PlainContract =>
  resolved(document, options).contract

async function loaded(contract: PlainContract, name: string) {
  const file = path.join(folder, `${name}.ts`)
  const text = writeContract(contract, `the case ${name}`)
  writeFileSync(file, text)
  expect(await check(text, { ...prettierStyle, filepath: file }), 'is laid out as prettier does').toBe(true)
  return loadContract(file)
}

describe('a contract that becomes a document and a contract again', () => {
  it('is laid out as prettier does, whatever its names and types', { timeout: 120_000 }, async () => {
    for (let seed = 0; seed < 60; seed++) {
      const contract = randomContract(new Random(20_261_127 + seed))
      const text = writeContract(serializeContract(contract), 'chance')
      expect(await format(text, { ...prettierStyle, parser: 'typescript' }), `seed ${seed}`).toBe(text)
    }
  })

  it.each(cases)('is the same: $name', async ({ name, contract, json }) => {
    const document = JSON.parse(JSON.stringify(discover(contract))) as object
    const again = await loaded(imported(document), name)
    expect(again.json.hash).toBe(json.hash)
    // Texts too.
    expect(again.openrpc).toEqual(document)
  })

  it.each(cases)('is the same when read as any other document: $name', async ({ name, contract, json }) => {
    const document = { ...discover(contract), 'x-contract-hash': 'of another time' }
    const again = await loaded(imported(document), `${name}-changed`)
    expect(compareContracts(contract, again.contract).filter(({ breaking }) => breaking)).toEqual([])
    // A list of one value is that value, which the hash tells apart.
    if (!/"enum":\[[^,\]]*\]/.test(JSON.stringify(json))) expect(again.json.hash).toBe(json.hash)
  })

  it('is read by what it says where it was changed by hand', () => {
    const [{ contract } = { contract: undefined }] = cases.filter(({ name }) => name === 'open-unions')
    if (contract === undefined) throw new Error('no case open-unions')
    const document = discover(contract)
    document.methods[0] = {
      name: 'other',
      paramStructure: 'by-name',
      params: [],
      result: { name: 'r', schema: {} },
    }
    const found = importOpenRpc(document, { exceptions: new Exceptions([]), params: 'by-name' })
    expect(Object.keys(found.contract.child.methods)).toEqual(['other'])
    expect(found.notes.map(({ path: at }) => at)).toContain('/x-contract-hash')
  })
})

// ---- other documents -----------------------------------------------------------------------------------------------

const method = (parts: object) => ({
  name: 'm',
  params: [],
  result: { name: 'r', schema: { type: 'boolean' } },
  ...parts,
})
const documentOf = (methods: unknown, more: object = {}) => ({
  openrpc: '1.2.6',
  info: { title: 'Demo', version: '2.0.0' },
  methods,
  ...more,
})
const read = (parts: object, more: object = {}, options: Options = {}) =>
  imported(documentOf([method(parts)], more), options).child.methods['m']

function refusals(document: unknown, options: Options = {}): string {
  try {
    imported(document, options)
    return ''
  } catch (error) {
    if (error instanceof CodegenError)
      return error.refusals.map(each => `${each.path}: ${each.message}`).join('\n')
    throw error
  }
}

describe('a method', () => {
  it('takes params by name where the document leaves it open, or by position where that is asked for', () => {
    const params = [
      { name: 'a', required: true, schema: { type: 'integer' } },
      { name: 'b', required: true, description: 'A text.', schema: { type: 'string' } },
    ]
    expect(read({ params })?.params).toEqual({
      type: 'object',
      properties: { a: { type: 'integer' }, b: { type: 'string', description: 'A text.' } },
      required: ['a', 'b'],
    })
    expect(read({ params }, {}, { params: 'by-position' })?.params).toMatchObject({
      type: 'array',
      items: [
        { type: 'integer', title: 'a' },
        { type: 'string', title: 'b' },
      ],
    })
    expect(read({ params, paramStructure: 'by-position' })?.params).toMatchObject({ type: 'array' })
  })

  it('names its errors by their messages and keeps the texts', () => {
    const errors = [
      { code: 1, message: 'Not found' },
      { code: -5, message: '' },
    ]
    expect(read({ errors, summary: 'Does it.', description: 'In full.', deprecated: true })).toMatchObject({
      summary: 'Does it.',
      description: 'In full.',
      deprecated: true,
      errors: { NotFound: { code: 1, summary: 'Not found' }, ErrorMinus5: { code: -5 } },
    })
  })

  it('follows references to params, results and errors', () => {
    const components = {
      contentDescriptors: { Id: { name: 'id', required: true, schema: { type: 'integer' } } },
      errors: { Gone: { code: 7, message: 'Gone' } },
    }
    expect(
      read(
        {
          params: [{ $ref: '#/components/contentDescriptors/Id' }],
          result: { $ref: '#/components/contentDescriptors/Id' },
          errors: [{ $ref: '#/components/errors/Gone' }],
        },
        { components },
      ),
    ).toEqual({
      params: { type: 'object', properties: { id: { type: 'integer' } }, required: ['id'] },
      result: { type: 'integer' },
      errors: { Gone: { code: 7 } },
    })
  })

  it('without a result is a notification', () => {
    const { child } = imported(documentOf([method({ result: undefined })]))
    expect(child).toEqual({ methods: {}, notifications: { m: { type: 'object', properties: {} } } })
  })

  it.each(['result', 'null', 'r'])(
    "whose result '%s' can only be null answers null, and still does when imported again",
    async name => {
      const once = imported(documentOf([method({ result: { name, schema: { type: 'null' } } })]))
      expect(once.child.methods).toEqual({ m: { result: { type: 'null' } } })
      const { openrpc, json } = await loaded(once, `null-${name}`)
      const again = imported(openrpc)
      expect(again.child).toEqual(once.child)
      expect((await loaded(again, `null-${name}-again`)).json.hash).toBe(json.hash)
      // Also where somebody changed the document.
      expect(imported({ ...openrpc, 'x-contract-hash': 'of another time' }).child).toEqual(once.child)
    },
  )

  it('keeps what is said of a result that is null, and of its place', () => {
    const results = [
      { name: 'result', schema: { type: 'null', description: 'Nothing.' } },
      { name: 'result', description: 'Nothing.', schema: { type: 'null' } },
    ]
    for (const result of results)
      expect(imported(documentOf([method({ result })])).child.methods['m']).toEqual({
        result: { type: 'null', description: 'Nothing.' },
      })
  })

  it('called rpc.discover is left out: every peer answers it', () => {
    expect(imported(documentOf([method({ name: 'rpc.discover' })])).child.methods).toEqual({})
  })
})

describe('what a contract cannot carry is refused with its place, the reason and the fix', () => {
  const optional = [{ name: 'a', schema: { type: 'string' } }]
  it.each<[string, unknown, Options, RegExp]>([
    ['no document', 'text', {}, /^\/openrpc: must say/],
    ['OpenRPC of another version', { ...documentOf([]), openrpc: '2.0' }, {}, /^\/openrpc: must say/],
    ['no methods', documentOf(undefined), {}, /^\/methods: is missing/],
    ['no version', { ...documentOf([]), info: { title: 'x' } }, {}, /^\/info\/version: must be a string/],
    [
      'one name twice',
      documentOf([method({}), method({})]),
      {},
      /^\/methods\/1\/name: is 'm' like that of \/methods\/0/,
    ],
    ['no name', documentOf([method({ name: 3 })]), {}, /^\/methods\/0\/name: must be a string/],
    [
      'params that may be left out by position',
      documentOf([method({ params: optional, paramStructure: 'by-position' })]),
      {},
      /^\/methods\/0\/params\/0\/required: must be true.*let them travel by name/,
    ],
    [
      'a param twice',
      documentOf([method({ params: [...optional, ...optional] })]),
      {},
      /params\/1\/name: is 'a' like/,
    ],
    [
      'a param without a schema',
      documentOf([method({ params: [{ name: 'a' }] })]),
      {},
      /params\/0\/schema: is missing; for any value write \{\}/,
    ],
    [
      'a reference into another document',
      documentOf([method({ result: { name: 'r', schema: { $ref: 'other.json#/X' } } })]),
      {},
      /result\/schema\/\$ref: refers to another document, 'other.json#\/X'; put everything into one first/,
    ],
    [
      'a reference to nothing',
      documentOf([{ $ref: '#/components/methods/X' }]),
      {},
      /^\/methods\/0\/\$ref: refers to .*which does not exist/,
    ],
    [
      'codes that belong to JSON-RPC, without --foreign',
      documentOf([method({ errors: [{ code: -32050, message: 'x' }] })]),
      {},
      /errors\/X\/code: is in/,
    ],
    [
      'reserved names, without --foreign',
      documentOf([method({ name: '$/x' })]),
      {},
      /begins with rpc\. or \$\/.*foreign/,
    ],
    [
      'two errors of one name',
      documentOf([
        method({
          errors: [
            { code: 1, message: 'x' },
            { code: 2, message: 'X' },
          ],
        }),
      ]),
      {},
      /errors\/1\/message: would name/,
    ],
    [
      'a misspelt member',
      documentOf([method({ parms: [] })]),
      {},
      /^\/methods\/0\/parms: is not a member of a method; expected one of name,/,
    ],
    [
      'a union that cannot be told apart',
      documentOf([method({ result: { name: 'r', schema: { oneOf: [objectOf('a'), objectOf('b')] } } })]),
      {},
      /^\/child\/methods\/m\/result: .*cannot be distinguished from/,
    ],
  ])('%s', (_, document, options, why) => {
    expect(refusals(document, options)).toMatch(why)
  })

  it('but no result at all is null', () => {
    const document = documentOf([method({ result: { name: 'No return', schema: false } })])
    expect(imported(document).child.methods['m']?.result).toEqual({ type: 'null' })
    const { notes } = importOpenRpc(document, { params: 'by-name', exceptions: new Exceptions([]) })
    expect(notes).toEqual([
      {
        path: '/methods/0/result/schema',
        message: 'accepts nothing; read as null, with which a method answers that returns nothing',
      },
    ])
  })

  it('but a program that does not speak the protocol may have names and codes of its own', () => {
    const document = documentOf([method({ name: '$/x', errors: [{ code: -32050, message: 'x' }] })])
    expect(imported(document, { foreign: { cancel: 'lsp' } })).toMatchObject({ foreign: { cancel: 'lsp' } })
  })
})

function objectOf(name: string) {
  return { type: 'object', properties: { [name]: { type: 'string' } }, required: [name] }
}

describe('an exception', () => {
  const document = documentOf([
    method({ result: { name: 'r', schema: { not: { type: 'string' } } } }),
    method({ name: 'n', result: { name: 'r', schema: { oneOf: [objectOf('a'), objectOf('b')] } } }),
  ])
  const inDocument: Exception = {
    path: '/methods/0/result/schema',
    instead: { type: 'integer' },
    reason: 'Only integers came so far',
  }
  const inContract: Exception = {
    path: '/child/methods/n/result',
    instead: 'joined',
    reason: 'One of the two is there',
  }

  it('puts something else where something is refused, and says why', () => {
    expect(imported(document, { exceptions: [inDocument, inContract] }).child.methods).toMatchObject({
      m: { result: { type: 'integer', $comment: 'Only integers came so far' } },
      n: { result: { type: 'object', properties: { a: {}, b: {} }, $comment: 'One of the two is there' } },
    })
  })

  it('has a union read as its first branch that fits', () => {
    const first: Exception = { ...inContract, instead: 'first-match' }
    expect(imported(document, { exceptions: [inDocument, first] }).child.methods['n']?.result).toEqual({
      anyOf: [objectOf('a'), objectOf('b')],
      'x-first-match': true,
      $comment: 'One of the two is there',
    })
    const elsewhere: Exception = { ...inDocument, path: '/child/methods/m/result', instead: 'first-match' }
    expect(refusals(document, { exceptions: [inContract, elsewhere] })).toContain('/methods/0/result/schema')
  })

  it('leaves out what is not wanted', () => {
    const nothing: Exception = { ...inContract, path: '/child/methods/n/result', instead: 'nothing' }
    expect(imported(document, { exceptions: [inDocument, nothing] }).child.methods['n']).toEqual({})
  })

  it('that nothing needs is a remark', () => {
    const idle: Exception = { path: '/methods/0/params', instead: {}, reason: 'x' }
    expect(resolved(document, { exceptions: [inDocument, inContract, idle] }).notes).toEqual([
      { path: '/methods/0/params', message: 'is an exception that this document does not need' },
    ])
  })
})
