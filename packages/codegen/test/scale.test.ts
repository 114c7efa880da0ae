import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { defineContract, discover } from '@simple-ipc/rpc'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contractSpec } from '../src/contract-spec.js'
import { generate, languages } from '../src/generate.js'
import { readExceptions } from '../src/import/exceptions.js'
import { importLsp } from '../src/import/import-lsp.js'
import type { LspMetaModel } from '../src/import/lsp-meta-model.js'
import { settle } from '../src/import/settle.js'
import { gates } from './gates.js'

// The largest contract that we know of: the Language Server Protocol, 69 requests in both directions.

const data = path.join(import.meta.dirname, 'data')
const read = (file: string): string => readFileSync(path.join(data, file), 'utf8')
const exceptions = readExceptions(read('lsp-exceptions.json'), 'lsp-exceptions.json')

function lsp() {
  const model = JSON.parse(read('lsp-metaModel.json')) as LspMetaModel
  const { contract, json } = settle(importLsp(model), exceptions, 'lsp-metaModel.json')
  return { json, openrpc: discover(defineContract(contractSpec(contract))) }
}

/** Shown at the end of a run, not compared: speed is measured in bench/. */
const told: string[] = []
function timed<T>(what: string, act: () => T, size: (result: T) => string = () => ''): T {
  const start = performance.now()
  const result = act()
  told.push(`${what}: ${((performance.now() - start) / 1000).toFixed(1)} s${size(result)}`)
  return result
}
afterAll(() =>
  process.stdout.write(`\nThe Language Server Protocol\n${told.map(line => `  ${line}\n`).join('')}\n`),
)

const contract = timed('import', lsp)

const sizeOf = (files: readonly { text: string }[]): string => {
  const lines = files.reduce((sum, { text }) => sum + text.split('\n').length - 1, 0)
  const bytes = files.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0)
  return `, ${files.length} files, ${lines} lines, ${Math.round(bytes / 1024)} KiB with the runtime`
}

it('is checked by the tools of every language', () => {
  expect(Object.keys(gates).sort()).toEqual([...languages].sort())
})

describe.each(languages)('%s of the Language Server Protocol', language => {
  const gate = gates[language]
  const files = timed(
    `${language}: generate`,
    () => generate(contract.json, language, contract.openrpc),
    sizeOf,
  )
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'simple-ipc-'))
    gate?.prepare(folder, files)
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it.skipIf(gate?.available !== true).each(Object.entries(gate?.tools ?? {}))(
    'passes %s',
    { timeout: 600_000 },
    (name, run) => {
      expect(timed(`${language}: ${name}`, () => run(folder)).slice(0, 20_000)).toBe('')
    },
  )
})
