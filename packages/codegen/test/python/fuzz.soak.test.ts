import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { generate } from '../../src/generate/generate.js'
import { PythonNames } from '../../src/targets/python/names/names.js'
import { writeFiles } from '../../src/output/write-files.js'
import { casesOf } from '../support/cases.js'
import { expectSameAnswers, questions, type Question } from '../support/fuzz.js'
import { inTests } from '../support/paths.js'
import { textQuestions, textsContract } from '../support/texts.js'
import { python } from '../support/toolchains.js'

/** Where the driver finds the functions of the type. */
function job({ model, type, value }: Question): object {
  const names = new PythonNames(model)
  const [decode, encode] =
    type.shape.kind === 'enum'
      ? [names.constant(type.id), names.constant(type.id)]
      : [`decode_${names.function(type.id)}`, `encode_${names.function(type.id)}`]
  return { module: names.module, decode, encode, value }
}

describe.skipIf(python === undefined)('generated Python', () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'simple-ipc-'))
    for (const json of [...casesOf('python').map(one => one.json), textsContract])
      writeFiles(path.join(folder, 'generated'), generate(json, 'python'))
    cpSync(inTests('python', 'fuzz_driver.py'), path.join(folder, 'fuzz_driver.py'))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it(
    'says of every value what TypeScript says, at the same place and in the same words',
    { timeout: 300_000 },
    async () => {
      // An open list has no functions: its values are checked where they stand.
      const all = questions('python', ({ shape }) => shape.kind !== 'enum' || !shape.open)
      await expectSameAnswers([python ?? 'python3', 'fuzz_driver.py'], folder, all, job)
    },
  )

  it('finds the same patterns and formats in texts as TypeScript', { timeout: 300_000 }, async () => {
    await expectSameAnswers([python ?? 'python3', 'fuzz_driver.py'], folder, textQuestions(), job)
  })
})
