import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, it } from 'vitest'
import type { ContractJson } from '../../src/contract/contract-json.js'
import { generate } from '../../src/generate/generate.js'
import { writeFiles } from '../../src/output/write-files.js'
import { casesOf } from '../support/cases.js'
import { expectSameAnswers, questions } from '../support/fuzz.js'
import { inTests } from '../support/paths.js'
import { makeProject, translate } from '../support/translate.js'

/** A contract with the same types, and a method for each that answers with its only param. */
function echoes({ hash, version, types }: ContractJson, name: string): ContractJson {
  const methods = Object.keys(types).map((type, n) => {
    const param = {
      type: 'array' as const,
      items: [{ $ref: type }],
      additionalItems: false as const,
      minItems: 1,
    }
    return [`t${n}`, { params: param, result: { $ref: type } }] as const
  })
  const nothing = { methods: {}, notifications: {} }
  return {
    name,
    version,
    hash,
    types,
    child: { ...nothing, methods: Object.fromEntries(methods) },
    host: nothing,
  }
}

describe('generated TypeScript', () => {
  let folder = ''
  const modules = new Map<string, { module: string; types: string[] }>()
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'simple-ipc-'))
    makeProject(folder)
    for (const { name, json } of casesOf('typescript')) {
      const files = generate(echoes(json, name), 'typescript')
      writeFiles(folder, files)
      for (const { path: file } of files) translate(path.join(folder, file))
      const module = pathToFileURL(path.join(folder, (files[0]?.path ?? '').replace(/ts$/, 'js'))).href
      modules.set(name, { module, types: Object.keys(json.types) })
    }
    for (const program of ['fuzz-child.ts', 'fuzz-driver.ts']) {
      cpSync(inTests('typescript', program), path.join(folder, program))
      translate(path.join(folder, program))
    }
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it(
    'says of every value what check-values says, in the client and in the child, at the same place and in the same words',
    { timeout: 240_000 },
    async () => {
      const command = [process.execPath, path.join(folder, 'fuzz-driver.js')] as const
      await expectSameAnswers(command, folder, questions('typescript'), ({ contract, type, value }) => {
        const { module = '', types = [] } = modules.get(contract) ?? {}
        return { module, count: types.length, method: `t${types.indexOf(type.id)}`, value }
      })
    },
  )
})
