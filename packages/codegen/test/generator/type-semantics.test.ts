import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inPackage, repository } from '../support/paths.js'

const cli = inPackage('dist', 'cli.js')

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'simple-ipc-'))
  symlinkSync(path.join(repository, 'node_modules'), path.join(folder, 'node_modules'), 'junction')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Generates Python of a contract with one type. */
function generate(schema: string, ...flags: string[]): { status: number | null; errors: string } {
  const text = `import { defineContract, Type } from '@simple-ipc/rpc'
export const contract = defineContract({ name: 'demo', version: '1', types: { T: ${schema} as never } })
`
  writeFileSync(path.join(folder, 'contract.ts'), text)
  const args = ['generate', 'contract.ts', '--out', 'python=out', ...flags]
  const { status, stderr } = spawnSync(process.execPath, [cli, ...args], { cwd: folder, encoding: 'utf8' })
  return { status, errors: stderr }
}

describe('what only TypeScript has', () => {
  it('is warned of where it is a rule: Type.Refine', () => {
    const refined = "Type.Object({ n: Type.Refine(Type.Integer(), n => n % 2 === 0, () => 'must be even') })"
    expect(generate(refined)).toEqual({
      status: 0,
      errors:
        'contract.ts, /types/T/properties/n: the rule of Type.Refine is checked in TypeScript only; other languages accept what it refuses\n',
    })
    expect(generate(refined, '--quiet').errors).toBe('')
    expect(generate('Type.Object({ n: Type.Integer() })').errors).toBe('')
  })

  it('is not seen where it is a form of the value: Type.Codec travels as what is inside', () => {
    const codec =
      'Type.Codec(Type.String()).Decode(text => new Date(text)).Encode(date => date.toISOString())'
    expect(generate(`Type.Object({ when: ${codec} })`)).toMatchObject({ status: 0 })
    expect(readFileSync(path.join(folder, 'out', 'demo.py'), 'utf8')).toContain('when: str\n')
  })

  it.each([
    ['BigInt', 'Type.BigInt()', /\/types\/T: JSON has no big integers; use Int64\(\)/],
    ['Undefined', 'Type.Undefined()', /\/types\/T: JSON has no undefined; use Type.Optional/],
    ['Symbol', 'Type.Symbol()', /\/types\/T: symbols cannot travel; use Type.String/],
    ['Function', 'Type.Function([], Type.Null())', /\/types\/T: functions cannot travel; declare a method/],
    [
      'Constructor',
      'Type.Constructor([], Type.Null())',
      /\/types\/T: constructors cannot travel; declare a method/,
    ],
    [
      'conditions',
      "Type.Unsafe({ type: 'object', if: {}, then: {} })",
      /\/types\/T\/if: conditions cannot be generated.*use a Type.Union/,
    ],
    ['fractions of steps', 'Type.Number({ multipleOf: 0.1 })', /\/types\/T\/multipleOf/],
    ['steps of numbers', 'Type.Number({ multipleOf: 2 })', /\/types\/T\/multipleOf/],
    [
      'fractions of steps of integers',
      'Type.Integer({ multipleOf: 0.5 })',
      /\/types\/T\/multipleOf: must be a positive integer/,
    ],
  ])('is refused where no other language can have it: %s', (_, schema, why) => {
    const { status, errors } = generate(schema)
    expect(status).toBe(2)
    expect(errors).toMatch(why)
  })
})
