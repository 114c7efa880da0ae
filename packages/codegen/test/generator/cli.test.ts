import { readdirSync } from 'node:fs'
import path from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { discover, serializeContract, type Contract } from '@simple-ipc/rpc'
import { loadContract } from '../../src/contract/load-contract.js'
import { cases } from '../support/cases.js'
import { Scratch } from '../support/scratch.js'

const scratch = new Scratch()
beforeEach(() => {
  scratch.contract(
    'contract.ts',
    "export const contract = defineContract({ name: 'demo', version: '1.0.0', child: { methods: { hello: { result: Type.String() } } } })",
  )
})
const run = scratch.run.bind(scratch)
const contract = scratch.contract.bind(scratch)
const generating = (file: string): string => run('generate', file, '--lang', 'python', '--out', 'out').errors

describe('simple-ipc generate', () => {
  it('writes the files and says so, then leaves unchanged ones alone', () => {
    expect(run('generate', 'contract.ts', '--lang', 'python', '--out', 'out')).toMatchObject({
      status: 0,
      output: expect.stringMatching(/^Python: \d+ files in out \(\d+ new\)\n$/) as string,
    })
    expect(scratch.read('out/demo.py')).toContain('class ChildHandlers')
    expect(run('generate', 'contract.ts', '--lang', 'python', '--out', 'out').output).toMatch(/unchanged\)/)
  })

  it('counts one file as one', () => {
    expect(run('generate', 'contract.ts', '--lang', 'typescript', '--out', 'out').output).toBe(
      'TypeScript: 1 file in out (1 new)\n',
    )
  })

  it('checks without writing, and fails with a diff', () => {
    expect(run('generate', 'contract.ts', '--lang', 'python', '--out', 'out', '--check')).toMatchObject({
      status: 1,
      output: expect.stringContaining('+class ChildHandlers') as string,
    })
    expect(readdirSync(scratch.folder)).not.toContain('out')
    run('generate', 'contract.ts', '--lang', 'python', '--out', 'out')
    expect(run('generate', 'contract.ts', '--lang', 'python', '--out', 'out', '--check')).toMatchObject({
      status: 0,
      output: 'Everything is up to date.\n',
    })
  })

  it('with --only-json runs no code of a contract or a configuration', () => {
    contract(
      'marks.ts',
      "console.error('it ran'); export const contract = defineContract({ name: 'demo', version: '1' })",
    )
    const refused = (...args: string[]): void => {
      const { status, errors } = run(...args, '--only-json')
      expect([status, errors]).toEqual([2, expect.stringMatching(/is a module, whose code would run/)])
      expect(errors).not.toContain('it ran')
    }
    const where = ['--lang', 'typescript', '--out', 'out']
    refused('generate', 'marks.ts', ...where)
    refused('openrpc', 'marks.ts')
    refused('diff', 'marks.ts', 'marks.ts')
    scratch.write(
      'simple-ipc.config.mjs',
      "console.error('it ran'); export default { contract: 'marks.ts', out: {} }",
    )
    refused('generate')
    expect(run('openrpc', 'marks.ts', '--out', 'marks.json').errors).toContain('it ran')
    expect(run('generate', 'marks.json', ...where, '--only-json')).toMatchObject({ status: 0, errors: '' })
    expect(run('generate', 'marks.json', ...where, '--only-json', '--check')).toMatchObject({ status: 0 })
    scratch.write('data.json', JSON.stringify({ contract: 'marks.json', out: { typescript: 'out' } }))
    expect(run('generate', '--config', 'data.json', '--only-json', '--check')).toMatchObject({ status: 0 })
  })

  it.each([
    ['a file that is not there', ['nothing.ts'], /no file nothing\.ts/],
    ['a folder', ['.'], /is a folder/],
    [
      'an unknown language',
      ['contract.ts', '--lang', 'cobol'],
      /Unknown language 'cobol' \(available: python/,
    ],
    [
      'a contract of another name',
      ['contract.ts', '--contract', 'other'],
      /no contract called 'other' \(available: contract: 'demo'\)/,
    ],
  ])('explains %s', (_, args, message) => {
    const all = args.includes('--lang') ? args : [...args, '--lang', 'python']
    const { status, errors } = run('generate', ...all, '--out', 'out')
    expect({ status, errors }).toMatchObject({ status: 2, errors: expect.stringMatching(message) as string })
    expect(errors, 'no stack').not.toContain('    at ')
  })

  it('explains a module without a contract, with several, that does not compile or throws', () => {
    contract('none.ts', 'export const x = 1')
    contract(
      'two.ts',
      "export const a = defineContract({ name: 'a', version: '1' })\nexport const b = defineContract({ name: 'b', version: '1' })",
    )
    contract('broken.ts', 'export const = 1')
    contract(
      'throws.ts',
      "export const a = defineContract({ name: 'a', version: '1', types: { A: Type.BigInt() } })",
    )
    expect(generating('none.ts')).toMatch(
      /exports no contract; add a line such as: export const contract = defineContract/,
    )
    expect(generating('two.ts')).toMatch(/several contracts \(a, b\); choose one with --contract/)
    expect(generating('broken.ts')).toMatch(/broken\.ts cannot be loaded/)
    expect(generating('throws.ts')).toMatch(/\/types\/A: JSON has no big integers/)
    expect(run('generate', 'two.ts', '--contract', 'b', '--lang', 'python', '--out', 'out').status).toBe(0)
  })

  it('writes nothing at all when something is refused', () => {
    contract(
      'refused.ts',
      "export const a = defineContract({ name: 'a', version: '1', types: { U: Type.Union([Type.Object({}), Type.Object({})]) } })",
    )
    expect(run('generate', 'refused.ts', '--lang', 'python', '--out', 'out').status).toBe(2)
    expect(readdirSync(scratch.folder)).not.toContain('out')
  })

  it('names file and line of what is wrong in a module', () => {
    contract('syntax.ts', "export const c = defineContract({\n  name: 'demo', version: '1'\n  child: {} })")
    contract('fails.ts', 'const none: any = undefined\nexport const c = defineContract(none.x)')
    scratch.write('text.ts', "throw 'no error'")
    scratch.write('import.ts', "import { x } from 'no-such-package-here/inside'\nexport const c = x")
    scratch.write('beside.ts', "import { x } from './gone.js'\nexport const c = x")
    scratch.write('exits.ts', 'process.exit(0)')
    expect(generating('syntax.ts')).toMatch(
      /^syntax\.ts cannot be loaded: Unexpected token, expected ",", at .*syntax\.ts:4:\d+\n$/,
    )
    expect(generating('fails.ts')).toMatch(
      /^fails\.ts cannot be loaded: Cannot read properties of undefined .*, at .*fails\.ts:3:\d+\n$/,
    )
    expect(generating('text.ts')).toBe('text.ts cannot be loaded: it throws no error\n')
    expect(generating('import.ts')).toMatch(
      /'no-such-package-here\/inside'\nInstall it .* npm install no-such-package-here\n$/,
    )
    expect(generating('beside.ts')).toBe("beside.ts cannot be loaded: Cannot find module './gone.js'\n")
    const { status, errors } = run('generate', 'exits.ts', '--lang', 'python', '--out', 'out')
    expect({ status, errors }).toEqual({
      status: 2,
      errors:
        'exits.ts cannot be loaded: it calls process.exit; such a module should only define the contract\n',
    })
  })

  it('ends although the module keeps running, and keeps what the module prints out of its output', () => {
    contract(
      'busy.ts',
      "console.log('noise')\nsetInterval(() => {}, 1000)\nexport const c = defineContract({ name: 'busy', version: '1' })",
    )
    expect(run('generate', 'busy.ts', '--lang', 'python', '--out', 'out')).toMatchObject({
      status: 0,
      output: expect.stringMatching(/^Python: .*\n$/) as string,
      errors: 'noise\n',
    })
  })

  it('says which place of which contract is refused, why, and what to write instead', () => {
    contract(
      'refused.ts',
      "export const a = defineContract({ name: 'a', version: '1', types: { U: Type.Union([Type.Object({}), Type.Object({})]) } })",
    )
    expect(generating('refused.ts')).toMatch(
      /refused\.ts.*:.*\n {2}\/types\/U\/anyOf\/1: .*; give each of them a required member/,
    )
  })

  it('names what is missing: contract, language, folder', () => {
    expect(run('generate').errors).toMatch(/^No contract given: .*\n.*none was found in this folder or above/)
    expect(run('generate', 'contract.ts').errors).toMatch(
      /^No language given: pass --lang with one of .*python/,
    )
    expect(run('generate', 'contract.ts', '--lang', 'python').errors).toMatch(
      /^No output folder given for python: pass --out <folder>/,
    )
    expect(run('generate', 'contract.ts', '--lang', ',', '--out', 'out').errors).toMatch(/names no language/)
    expect(run('generate', 'contract.ts', '--out', 'python=').errors).toMatch(/write python=<folder>/)
    expect(run('generate', 'contract.ts', '--out', 'cobol=x').errors).toMatch(/Unknown language 'cobol'/)
  })

  it('takes the languages from --out', () => {
    expect(run('generate', 'contract.ts', '--out', 'python=py/deep').status).toBe(0)
    expect(scratch.read('py/deep/demo.py')).toContain('class ChildHandlers')
  })

  it('exits with 2 for wrong arguments, 0 for help; without arguments it helps', () => {
    expect(run('nonsense')).toMatchObject({ status: 2, output: '' })
    expect(run('generate', '--langs', 'python')).toMatchObject({
      status: 2,
      errors: expect.stringContaining('Did you mean --lang?') as string,
    })
    for (const args of [[], ['--help']])
      expect(run(...args)).toMatchObject({
        status: 0,
        output: expect.stringContaining('Commands:') as string,
        errors: '',
      })
    expect(run('generate', '--help').output).toContain('Languages:\n')
    expect(run('--version').output).toMatch(/^\d+\.\d+\.\d+\n$/)
    expect(run('generate', '--list').output.split('\n')).toContain('python')
  })
})

describe('simple-ipc.config.ts', () => {
  const config = (text: string): void =>
    scratch.write('simple-ipc.config.ts', `import { defineConfig } from '@simple-ipc/codegen'\n${text}\n`)

  it('is found upwards; its paths are seen from its own folder', () => {
    config("export default defineConfig({ contract: 'contract.ts', out: { python: 'generated' } })")
    scratch.write('deep/er/x', '')
    expect(scratch.runWith({ cwd: 'deep/er' }, 'generate')).toMatchObject({ status: 0, errors: '' })
    expect(scratch.read('generated/demo.py')).toContain('class ChildHandlers')
    expect(scratch.runWith({ cwd: 'deep/er' }, 'generate', '--check').status).toBe(0)
  })

  it('may list several contracts, all of which are generated', () => {
    contract(
      'two.ts',
      "export const a = defineContract({ name: 'a', version: '1' })\nexport const b = defineContract({ name: 'b', version: '1' })",
    )
    config(
      "export default defineConfig([{ contract: 'two.ts', name: 'a', out: { python: 'g' } }, { contract: 'two.ts', name: 'b', out: { python: 'g' } }])",
    )
    expect(run('generate').status).toBe(0)
    expect(Object.keys(scratch.tree('g'))).toEqual(expect.arrayContaining(['g/a.py', 'g/b.py']))
    expect(run('generate', '--contract', 'b', '--out', 'h', '--lang', 'python').status).toBe(0)
    expect(Object.keys(scratch.tree('h'))).not.toContain('h/a.py')
    expect(run('generate', '--contract', 'c').errors).toMatch(
      /has no contract called 'c' \(available: a, b\)/,
    )
  })

  it('yields to flags', () => {
    config("export default defineConfig({ contract: 'contract.ts', out: { python: 'generated' } })")
    expect(run('generate', '--out', 'elsewhere', '--lang', 'python').status).toBe(0)
    expect(run('generate', 'contract.ts').output).toMatch(/in generated/)
    expect(Object.keys(scratch.tree('elsewhere'))).toContain('elsewhere/demo.py')
    scratch.write('other/mine.json', JSON.stringify({ contract: '../contract.ts', out: { python: 'o' } }))
    expect(run('generate', '--config', 'other/mine.json').output).toContain(`in ${path.join('other', 'o')}`)
  })

  it.each([
    ['export const x = 1', /has no default export; add a line such as: export default defineConfig/],
    ['export default defineConfig([])', /is an empty list: name at least one contract/],
    [
      'export default { contract: 1, out: {} }',
      /config\.ts: contract must be the path of a file or the name of a package/,
    ],
    ["export default [{ contract: 'c.ts', out: {} }]", /\[0\]\.out must name a folder for each language/],
    [
      "export default { contract: 'c.ts', outs: {} }",
      /outs is unknown; expected contract, name, out or goImport/,
    ],
    [
      "export default { contract: 'c.ts', out: { pyton: 'x' } }",
      /out: Unknown language 'pyton' \(available:/,
    ],
    ["export default { contract: 'c.ts', out: { python: '' } }", /out\.python must be the path of a folder/],
    ["export default 'contract.ts'", /the default export must be an object/],
    ['export default {', /cannot be loaded: Unexpected token/],
  ])('explains %s', (text, message) => {
    config(text)
    const { status, errors } = run('generate')
    expect({ status, errors }).toMatchObject({ status: 2, errors: expect.stringMatching(message) as string })
  })

  it('must be the only one in its folder', () => {
    config('export default {}')
    scratch.write('simple-ipc.config.json', '{}')
    expect(run('generate').errors).toMatch(/two configuration files, .*\.ts and .*\.json; remove one of them/)
  })
})

describe('a contract as JSON', () => {
  const forms: [string, (contract: Contract) => object][] = [
    ['serialised', serializeContract],
    ['as an OpenRPC document', discover],
  ]

  it.each(forms)('%s says the same as the module', async (_, form) => {
    for (const { name, contract } of cases) {
      scratch.write(`${name}.json`, JSON.stringify(form(contract)))
      const { json, openrpc } = await loadContract(scratch.at(`${name}.json`))
      // An OpenRPC document is what a program of our own answers: it has no word for another one's ways.
      const { foreign, ...own } = serializeContract(contract)
      expect(json).toEqual(form === discover ? own : { ...own, ...(foreign && { foreign }) })
      expect(openrpc).toEqual(discover(contract))
    }
  })

  it('is read from the standard input too, as is a module', () => {
    const [first] = cases
    const inputs = [JSON.stringify(first && discover(first.contract)), scratch.read('contract.ts')]
    for (const input of inputs)
      expect(scratch.runWith({ input }, 'generate', '-', '--lang', 'python', '--out', 'out')).toMatchObject({
        status: 0,
        errors: '',
      })
    expect(scratch.tree('out')).toHaveProperty(['out/demo.py'])
    expect(
      scratch.runWith({ input: '' }, 'generate', '-', '--lang', 'python', '--out', 'out').errors,
    ).toMatch(/^The standard input is empty/)
  })

  it.each([
    ['{', /is not valid JSON: /],
    ['[]', /is not a contract: expected /],
    ['{"a":1}', /is not a contract: expected /],
    [
      '{"openrpc":"1.3.2","methods":[]}',
      /not generated from a contract; .*: simple-ipc import openrpc c\.json/,
    ],
    ['{"openrpc":"1.3.2","x-contract-hash":"","x-host":[]}', /is not a complete contract/],
    [
      '{"name":"a","version":"1","hash":"h","types":{},"child":{"methods":{"a":{"params":{"type":"bigint"}}},"notifications":{}},"host":{}}',
      /c\.json: .*\n {2}\/child\/methods\/a\/params: /,
    ],
    [
      '{"name":"a","version":"1","hash":"h","types":{},"child":{},"host":{}}',
      /was changed by hand: its hash is h, /,
    ],
  ])('that is wrong is explained: %s', (text, message) => {
    scratch.write('c.json', text)
    const errors = generating('c.json')
    expect(errors).toMatch(message)
    expect(errors, 'no stack').not.toContain('    at ')
  })
})
