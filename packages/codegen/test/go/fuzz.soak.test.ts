import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { generate } from '../../src/generate/generate.js'
import { readContract } from '../../src/model/read-contract.js'
import { GoNames } from '../../src/targets/go/names/names.js'
import { writeFiles } from '../../src/output/write-files.js'
import { casesOf } from '../support/cases.js'
import { expectSameAnswers, questions, type Question } from '../support/fuzz.js'
import { inTests } from '../support/paths.js'
import { textQuestions, textsContract } from '../support/texts.js'
import { complaints, go, goEnvironment } from '../support/toolchains.js'

const contracts = [...casesOf('go'), { name: 'texts', json: textsContract }]
const namesOf = new Map(contracts.map(({ name, json }) => [name, new GoNames(readContract(json))]))
const names = (contract: string): GoNames => {
  const found = namesOf.get(contract)
  if (found === undefined) throw new Error(`no case ${contract}`)
  return found
}

/** The table of all functions, and how a fault is recognised. */
function table(): string {
  const cases = contracts.filter(({ json }) => Object.keys(json.types).length > 0)
  const entries = cases.flatMap(({ name, json }) =>
    Object.keys(json.types).map(
      type =>
        `\t"${names(name).package}.${names(name).type(type)}": again(${names(name).package}.${names(name).decoder(type)}, ${names(name).package}.${names(name).encoder(type)}),`,
    ),
  )
  return [
    'package main\n\nimport (\n\t"errors"\n',
    ...cases.map(({ name }) => `\t"example.com/fuzz/${names(name).package}"`),
    '\t"example.com/fuzz/ipc"',
    ')\n\nvar types = map[string]func([]byte) ([]byte, error){',
    ...entries,
    '}\n\nfunc fault(err error) (path, message string, ok bool) {',
    '\tif e := (*ipc.InvalidValueError)(nil); errors.As(err, &e) {\n\t\treturn e.Path, e.Message, true\n\t}',
    '\treturn "", "", false\n}\n',
  ].join('\n')
}

describe.skipIf(go === undefined)('generated Go', () => {
  let folder = ''
  const program = process.platform === 'win32' ? 'fuzz.exe' : 'fuzz'
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'simple-ipc-'))
    for (const { json } of contracts)
      writeFiles(folder, generate(json, 'go', undefined, { importPath: 'example.com/fuzz' }))
    cpSync(inTests('go', 'fuzz_driver.go'), path.join(folder, 'fuzz_driver.go'))
    cpSync(inTests('go', 'encode_test.go'), path.join(folder, 'checks', 'encode_test.go'))
    writeFileSync(path.join(folder, 'types.go'), table())
    writeFileSync(path.join(folder, 'go.mod'), 'module example.com/fuzz\n\ngo 1.22\n')
    expect(complaints(go ?? 'go', ['build', '-o', program, '.'], folder, goEnvironment)).toBe('')
  }, 300_000)
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const line = ({ contract, type, value }: Question): object => ({
    type: `${names(contract).package}.${names(contract).type(type.id)}`,
    value,
  })

  it(
    'says of every value what TypeScript says, at the same place and in the same words',
    { timeout: 120_000 },
    async () => {
      await expectSameAnswers([path.join(folder, program)], folder, questions('go'), line)
    },
  )

  it('finds the same patterns and formats in texts as TypeScript', { timeout: 120_000 }, async () => {
    await expectSameAnswers([path.join(folder, program)], folder, textQuestions(), line)
  })

  it('checks what a program gives before it is sent', { timeout: 120_000 }, () => {
    expect(complaints(go ?? 'go', ['test', './checks'], folder, goEnvironment)).toBe('')
  })
})
