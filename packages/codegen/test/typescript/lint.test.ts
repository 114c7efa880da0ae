import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { defineContract, serializeContract, Type, type SerializedContract } from '@simple-ipc/rpc'
import { format } from 'prettier'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { generate } from '../../src/generate/generate.js'
import { readContract } from '../../src/model/read-contract.js'
import { typescript } from '../../src/targets/typescript/index.js'
import { writeFiles } from '../../src/output/write-files.js'
import { casesOf } from '../support/cases.js'
import { eslint, lint, prettier, tsc } from '../support/linters.js'
import { inTests, repository } from '../support/paths.js'
import { prettierStyle } from '../support/prettier-style.js'
import { Random } from '../support/random.js'
import { randomContract } from '../support/random-contract.js'
import { contract as hard } from './hard-contract.js'

/** Contracts of chance, the same each time. */
const chance = (from: number, to: number): SerializedContract[] =>
  Array.from({ length: to - from }, (_, i) => serializeContract(randomContract(new Random(from + i))))

const contracts = [...casesOf('typescript').map(({ json }) => json), serializeContract(hard), ...chance(0, 8)]
const files = contracts.flatMap(json => generate(json, 'typescript'))

describe('generated TypeScript', () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'simple-ipc-'))
    symlinkSync(path.join(repository, 'node_modules'), path.join(folder, 'node_modules'), 'junction')
    writeFileSync(path.join(folder, 'package.json'), '{ "type": "module" }')
    for (const config of ['tsconfig.json', 'eslint.config.mjs'])
      cpSync(inTests('typescript', `strict-${config}`), path.join(folder, config))
    mkdirSync(path.join(folder, 'generated'))
    // Without their first lines: some tools skip a file that says it is generated.
    for (const file of files)
      writeFileSync(path.join(folder, 'generated', file.path), file.text.split('\n').slice(2).join('\n'))
    // The programs that `simple-ipc init` writes for them.
    for (const json of contracts)
      for (const file of typescript.skeleton?.(readContract(json), { generated: 'generated' }).files ?? [])
        writeFileSync(path.join(folder, `${json.hash.slice(-8)}-${file.path}`), file.text)
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('compiles at the strictest, with declarations of its own', { timeout: 120_000 }, () => {
    expect(lint(tsc, ['-p', '.'], folder)).toBe('')
  })

  it('passes the strict and stylistic rules of typescript-eslint', { timeout: 120_000 }, () => {
    expect(lint(eslint, ['--max-warnings', '0', '*.ts', 'generated'], folder)).toBe('')
  })

  it('is laid out as prettier does', () => {
    const style = ['--no-semi', '--single-quote', '--arrow-parens', 'avoid', '--print-width', '100']
    expect(lint(prettier, ['--no-config', ...style, '--list-different', '*.ts', 'generated'], folder)).toBe(
      '',
    )
  })

  it('is laid out as prettier does, whatever its names and types', { timeout: 60_000 }, async () => {
    for (const json of [...chance(8, 48), ...chance(231, 234)])
      for (const { text } of generate(json, 'typescript'))
        expect(text).toBe(await format(text, { parser: 'typescript', ...prettierStyle }))
  })

  it(
    'costs the type checker little: two hundred methods with types of their own, and a call of each',
    { timeout: 120_000 },
    () => {
      const methods = Array.from({ length: 200 }, (_, n) => `method${n}`)
      const child = Object.fromEntries(
        methods.map(name => [
          name,
          {
            params: Type.Object(
              { text: Type.String(), n: Type.Optional(Type.Integer()) },
              { title: `${name} params` },
            ),
            result: Type.Object({ [name]: Type.Array(Type.Number()) }, { title: `${name} result` }),
            errors: { Bad: { code: 1, data: Type.Object({ at: Type.Integer() }) } },
          },
        ]),
      )
      const many = defineContract({ name: 'many', version: '1', child: { methods: child } })
      const cost = path.join(folder, 'cost')
      writeFiles(cost, generate(serializeContract(many), 'typescript'))
      const calls = methods.map(
        name => `export const ${name} = async () => (await client.${name}({ text: '' })).${name}[0]`,
      )
      writeFileSync(
        path.join(cost, 'calls.ts'),
        `import { ManyClient } from './many.js'\nconst client = new ManyClient('x')\n${calls.join('\n')}\n`,
      )
      const config = { extends: '../tsconfig.json', compilerOptions: { isolatedDeclarations: false } }
      writeFileSync(path.join(cost, 'tsconfig.json'), JSON.stringify(config))
      const { stdout } = spawnSync(
        tsc.command[0],
        [...tsc.command.slice(1), '-p', cost, '--extendedDiagnostics'],
        {
          encoding: 'utf8',
        },
      )
      expect(stdout, 'no error').not.toContain('error TS')
      expect(Number(/Instantiations: +(\d+)/.exec(stdout)?.[1])).toBeLessThan(20_000)
    },
  )

  it('silences no tool', () => {
    for (const { path: file, text } of files)
      expect(text, file).not.toMatch(/eslint-|@ts-|prettier-ignore|\bany\b(?= ?[;,)>\]|])|as any/)
  })

  it('shows nothing of TypeBox in its declarations', () => {
    for (const { text } of files) expect(text).not.toMatch(/typebox|Static</i)
  })
})
