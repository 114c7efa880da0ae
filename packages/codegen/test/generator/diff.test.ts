import { describe, expect, it } from 'vitest'
import { Scratch } from '../support/scratch.js'

const scratch = new Scratch()
const run = scratch.run.bind(scratch)
const hello = (params: string, more = ''): string =>
  `export const contract = defineContract({ name: 'demo', version: '1', child: { methods: { hello: { params: Type.Object({ ${params} }) }${more} } } })`
const define = (old: string, young: string): void => {
  scratch.contract('old.ts', old)
  scratch.contract('new.ts', young)
}

describe('simple-ipc diff', () => {
  it('exits with 1 where a new child breaks old hosts, and names the member and the place', () => {
    define(hello('name: Type.String()', ', gone: {}'), hello('name: Type.String(), age: Type.Integer()'))
    expect(run('diff', 'old.ts', 'new.ts')).toEqual({
      status: 1,
      output:
        'A new child with an old host: 2 breaking, 0 compatible\n' +
        '  breaking    child hello /params/age: is missing, but required\n' +
        '  breaking    child gone: the child does not have it\n',
      errors: '',
    })
  })

  it('exits with 0 where old hosts go on, and where nothing differs', () => {
    define(hello('name: Type.String()'), hello('name: Type.String()', ', added: {}'))
    expect(run('diff', 'old.ts', 'new.ts')).toMatchObject({
      status: 0,
      output: expect.stringContaining('  compatible  child added: the host does not know it\n') as string,
    })
    expect(run('diff', 'old.ts', 'old.ts')).toEqual({
      status: 0,
      output: 'No difference matters to either side.\n',
      errors: '',
    })
  })

  it('looks the other way where the host is updated first, and both ways', () => {
    define(hello('name: Type.String()'), hello('name: Type.String()', ', added: {}'))
    const lines = '  breaking    child added: the child does not have it\n'
    expect(run('diff', 'old.ts', 'new.ts', '--first', 'host')).toMatchObject({
      status: 1,
      output: `A new host with an old child: 1 breaking, 0 compatible\n${lines}`,
    })
    const both = run('diff', 'old.ts', 'new.ts', '--first', 'either')
    expect(both.status).toBe(1)
    expect(both.output).toMatch(/^A new child with an old host: 0 breaking, 1 compatible\n/)
    expect(both.output).toContain(lines)
  })

  it('reads OpenRPC documents and the standard input, and prints JSON', () => {
    define(hello('name: Type.String()'), hello('name: Type.Number()'))
    scratch.write('old.json', run('openrpc', 'old.ts').output)
    const { status, output } = run('diff', 'old.json', 'new.ts', '--json')
    expect(status).toBe(1)
    expect(JSON.parse(output)).toMatchObject({
      old: { name: 'demo', version: '1', hash: expect.stringMatching(/^sha256:/) as string },
      differences: [{ first: 'child', side: 'child', member: 'hello', path: '/params/name', breaking: true }],
    })
    for (const file of ['old.json', 'old.ts'])
      expect(scratch.runWith({ input: scratch.read(file) }, 'diff', '-', 'new.ts').status).toBe(1)
  })

  it('exits with 2, not 1, where the contracts cannot be compared', () => {
    define(hello(''), 'export const nothing = 1')
    expect(run('diff', 'old.ts', 'gone.ts')).toMatchObject({
      status: 2,
      output: '',
      errors: expect.stringContaining('There is no file gone.ts') as string,
    })
    expect(run('diff', 'old.ts', 'new.ts').status).toBe(2)
    expect(run('diff', 'old.ts').status).toBe(2)
    expect(run('diff', '-', '-').errors).toMatch(/only one can come from the standard input/)
    expect(run('diff', 'old.ts', 'old.ts', '--first', 'both').errors).toMatch(/child, host, either/)
  })
})

describe('simple-ipc openrpc', () => {
  it('prints the document of a contract, which reads back as the same one', () => {
    define(hello('name: Type.String()'), '')
    const { status, output } = run('openrpc', 'old.ts')
    expect(status).toBe(0)
    expect(JSON.parse(output)).toMatchObject({ openrpc: '1.3.2', info: { title: 'demo', version: '1' } })
    scratch.write('old.json', output)
    expect(run('openrpc', 'old.json').output).toBe(output)
  })

  it('writes it into a file, in a folder that it makes', () => {
    define(hello('name: Type.String()'), '')
    expect(run('openrpc', 'old.ts', '--out', 'docs/api/openrpc.json')).toEqual({
      status: 0,
      output: '',
      errors: '',
    })
    expect(scratch.read('docs/api/openrpc.json')).toBe(run('openrpc', 'old.ts').output)
    expect(run('openrpc', 'old.ts', '--out', 'docs/api')).toMatchObject({
      status: 2,
      errors: 'docs/api is a folder; a file must be written there\n',
    })
  })

  it('prints nothing but the document, whatever the module prints', () => {
    scratch.contract('loud.ts', `console.log('noise')\n${hello('')}`)
    expect(JSON.parse(run('openrpc', 'loud.ts').output)).toHaveProperty('openrpc')
  })
})
