import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { defineContract, discover } from '@simple-ipc/rpc'
import { check } from 'prettier'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contractSpec } from '../../src/contract/to-contract-spec.js'
import { generate, languages } from '../../src/generate/generate.js'
import { Exceptions, readExceptions } from '../../src/import/base/exceptions.js'
import { importLsp } from '../../src/import/lsp/import-lsp.js'
import type { LspMetaModel } from '../../src/import/lsp/lsp-meta-model.js'
import { resolveExceptions } from '../../src/import/resolve-exceptions.js'
import { writeContract } from '../../src/import/write/write-contract.js'
import { loadContract } from '../../src/contract/load-contract.js'
import { gates } from '../support/gates.js'
import { inTests, repository } from '../support/paths.js'
import { prettierStyle } from '../support/prettier-style.js'
import { goModule } from '../support/toolchains.js'

// The largest contract that we know of: the Language Server Protocol, 69 requests in both directions.

const data = inTests('..', '..', 'lsp', 'model')
const read = (file: string): string => readFileSync(path.join(data, file), 'utf8')
const exceptions = readExceptions(read('exceptions.json'), 'exceptions.json')

function lsp() {
  const model = JSON.parse(read('metaModel.json')) as LspMetaModel
  const { contract, json } = resolveExceptions(importLsp(model), new Exceptions(exceptions), 'metaModel.json')
  return { plain: contract, json, openrpc: discover(defineContract(contractSpec(contract))) }
}

/** A host that calls, tells and listens. */
const host = `import { Client } from '@simple-ipc/rpc'
import { contract } from './lsp.js'
declare const client: Client<(typeof contract)['spec']>
const at = { textDocument: { uri: 'file:///a' }, position: { line: 1, character: 2 } }
const hover = await client.call('textDocument/hover', at)
export const text: string | undefined = typeof hover?.contents === 'string' ? hover.contents : undefined
const completion = await client.call('textDocument/completion', at)
export const labels: string[] = (Array.isArray(completion) ? completion : (completion?.items ?? [])).map(item => item.label)
client.notify('initialized', {})
client.on('textDocument/publishDiagnostics', ({ uri, diagnostics }) => console.log(uri, diagnostics[0]?.message))
// @ts-expect-error a uri is a text
void client.call('textDocument/hover', { ...at, textDocument: { uri: 1 } })
`

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

describe('the contract itself', () => {
  const text = timed(
    'write',
    () => writeContract(contract.plain, 'a test'),
    text => sizeOf([{ text }]),
  )
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'simple-ipc-'))
    symlinkSync(path.join(repository, 'node_modules'), path.join(folder, 'node_modules'), 'junction')
    writeFileSync(path.join(folder, 'package.json'), '{ "type": "module" }')
    writeFileSync(path.join(folder, 'lsp.ts'), text)
    writeFileSync(path.join(folder, 'host.ts'), host)
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it(
    'is laid out as prettier does, and loads with the hash that it should have',
    { timeout: 120_000 },
    async () => {
      expect(await check(text, { ...prettierStyle, filepath: 'lsp.ts' })).toBe(true)
      expect((await loadContract(path.join(folder, 'lsp.ts'))).json.hash).toBe(contract.json.hash)
    },
  )

  // A signature that looks into schemas at each call would need over a million.
  it('costs a program that uses it few type instantiations', { timeout: 300_000 }, () => {
    const flags = ['--noEmit', '--strict', '--target', 'es2023', '--module', 'nodenext', '--skipLibCheck']
    const tsc = path.join(repository, 'node_modules', 'typescript', 'bin', 'tsc')
    const { stdout } = timed('tsc of a host', () =>
      spawnSync(process.execPath, [tsc, ...flags, '--types', 'node', '--extendedDiagnostics', 'host.ts'], {
        cwd: folder,
        encoding: 'utf8',
      }),
    )
    expect(stdout).not.toContain('error')
    const instantiations = Number(/^Instantiations:\s+(\d+)/m.exec(stdout)?.[1])
    told.push(`type instantiations: ${instantiations}`)
    expect(instantiations).toBeGreaterThan(0)
    expect(instantiations).toBeLessThan(400_000)
  })
})

it('is checked by the tools of every language', () => {
  expect(Object.keys(gates).sort()).toEqual([...languages].sort())
})

describe.each(languages)('%s of the Language Server Protocol', language => {
  const gate = gates[language]
  const files = timed(
    `${language}: generate`,
    () => generate(contract.json, language, contract.openrpc, goModule),
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
