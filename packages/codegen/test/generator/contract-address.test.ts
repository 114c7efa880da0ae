import { beforeEach, describe, expect, it } from 'vitest'
import { Scratch, type Ran } from '../support/scratch.js'

const scratch = new Scratch()
const generate = (address: string, cwd = ''): Ran =>
  scratch.runWith({ cwd }, 'generate', address, '--lang', 'python', '--out', 'out')

const contractNamed = (name: string, imports = '', params = 'Type.Object({})'): string =>
  `import { defineContract, Type } from '@simple-ipc/rpc'\n${imports}\n` +
  `export const contract = defineContract({ name: '${name}', version: '1.0.0', child: { methods: { hello: { params: ${params}, result: Type.String() } } } })\n`

describe('a contract that is in a package', () => {
  beforeEach(() => {
    const folder = 'app/node_modules/@my/contracts'
    const exports = { '.': './index.ts', './profiler': './src/profiler.ts', './json': './contract.json' }
    scratch.write(
      `${folder}/package.json`,
      JSON.stringify({ name: '@my/contracts', type: 'module', exports }),
    )
    scratch.write(`${folder}/index.ts`, contractNamed('whole'))
    scratch.write(`${folder}/src/profiler.ts`, contractNamed('profiler'))
    scratch.write('app/deep/x', '')
  })

  it('is addressed by its name, from wherever an import would find it', () => {
    expect(generate('@my/contracts', 'app')).toMatchObject({ status: 0, errors: '' })
    expect(Object.keys(scratch.tree('app/out'))).toContain('app/out/whole.py')
    expect(generate('@my/contracts/profiler', 'app/deep')).toMatchObject({ status: 0, errors: '' })
    expect(Object.keys(scratch.tree('app/deep/out'))).toContain('app/deep/out/profiler.py')
    expect(scratch.runWith({ cwd: 'app' }, 'openrpc', '@my/contracts/profiler').output).toContain(
      '"profiler"',
    )
    expect(scratch.runWith({ cwd: 'app' }, 'diff', '@my/contracts', '@my/contracts/profiler').status).toBe(0)
  })

  it('may be named by a configuration, seen from its folder, and by init', () => {
    scratch.write(
      'app/simple-ipc.config.json',
      JSON.stringify({ contract: '@my/contracts/profiler', out: { python: 'generated' } }),
    )
    expect(scratch.runWith({ cwd: 'app/deep' }, 'generate')).toMatchObject({ status: 0, errors: '' })
    expect(Object.keys(scratch.tree('app/generated'))).toContain('app/generated/profiler.py')
    const named = scratch.runWith({ cwd: 'app' }, 'generate', '@my/contracts/profiler', '--check')
    expect(named).toMatchObject({ status: 0, errors: '' })

    const made = scratch.runWith({ cwd: 'app' }, 'init', 'typescript', '@my/contracts', '--folder', 'child')
    expect(made).toMatchObject({ status: 0, errors: '' })
    expect(scratch.read('app/child/host.ts')).toContain("from '@my/contracts'")
  })

  it('yields to a file of that name', () => {
    scratch.write('app/@my/contracts', '')
    scratch.write('app/contract.ts', contractNamed('file'))
    scratch.write('app/node_modules/contract.ts/index.js', 'throw new Error("not this one")')
    expect(generate('contract.ts', 'app').status).toBe(0)
    expect(generate('@my/contracts', 'app').errors).toContain('exports no contract')
  })

  it('is explained where it cannot be found', () => {
    expect(generate('@my/other', 'app').errors).toMatch(
      /^There is no file @my\/other \(looked for .*\), and no package '@my\/other' can be imported from here\n$/,
    )
    expect(generate('@my/contracts/none', 'app').errors).toMatch(/no package '@my\/contracts\/none' can/)
    expect(generate('contract.ts', 'app/deep').errors).toMatch(
      /^There is no file contract\.ts \(looked for .*\)\n$/,
    )
  })
})

describe('what a contract imports', () => {
  beforeEach(() => {
    scratch.write(
      'src/lib/row.ts',
      "import { Type } from '@simple-ipc/rpc'\nexport const Row = Type.Object({})\n",
    )
  })
  const importing = (name: string): void =>
    scratch.write('contracts/contract.ts', contractNamed('demo', `import { Row } from '${name}'`, 'Row'))
  const tsconfig = (file: string, value: object): void => scratch.write(file, JSON.stringify(value))

  it.each(['~/lib/row', '@/lib/row.js', 'lib/row'])('is found by tsconfig.json: %s', name => {
    const compilerOptions = { baseUrl: './src', paths: { '~/*': ['./*'], '@/*': ['./*'] } }
    tsconfig('configs/base.json', { compilerOptions: { ...compilerOptions, baseUrl: '../src' } })
    scratch.write('tsconfig.json', '// With a comment.\n{ "extends": "./configs/base.json", }\n')
    importing(name)
    expect(generate('contracts/contract.ts')).toMatchObject({ status: 0, errors: '' })
    expect(scratch.read('out/demo.py')).toContain('demo')
  })

  it('is found by a tsconfig.json of its own below that of the project', () => {
    tsconfig('tsconfig.json', { compilerOptions: { paths: { '~/*': ['./nowhere/*'] } } })
    tsconfig('contracts/tsconfig.json', { compilerOptions: { paths: { '~/*': ['../src/*'] } } })
    importing('~/lib/row')
    expect(generate('contracts/contract.ts')).toMatchObject({ status: 0, errors: '' })
  })

  it('needs no tsconfig.json that can be read, if it names files', () => {
    importing('../src/lib/row.js')
    for (const text of ['{ "extends": "@tsconfig/not-installed" }', '{ broken']) {
      scratch.write('tsconfig.json', text)
      expect(generate('contracts/contract.ts')).toMatchObject({ status: 0, errors: '' })
    }
  })

  it.each([
    ['~/lib/row', "define '~/*' in paths of the tsconfig.json that is nearest to the contract", ''],
    ['@/lib/row', "define '@/*' in paths of the tsconfig.json that is nearest to the contract", ''],
    ['$lib/row', "define '$lib/*' in paths of the tsconfig.json that is nearest to the contract", ''],
    ['#lib/row', 'must be in imports of the package.json that is nearest to the contract', ''],
    ['@app/row', "or, if it is an alias, define '@app/*' in paths of tsconfig.json", 'npm install @app/row;'],
    ['no-such-package', 'npm install no-such-package\n', 'npm install'],
  ])('and cannot be found is explained: %s', (name, advice, install) => {
    importing(name)
    const { status, errors } = generate('contracts/contract.ts')
    expect(status).toBe(2)
    expect(errors).toContain(advice)
    expect(errors.includes('npm install')).toBe(install !== '')
    expect(errors).toContain(install)
  })
})
