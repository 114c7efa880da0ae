// @ts-check
// Makes src/generated/contract.ts of the protocol's published model: what it describes and a contract cannot carry is in
// model/exceptions.json. Run by the build, before the package is bundled.
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadContract, typedContract } from '@simple-ipc/codegen'

const here = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
const manifest = fileURLToPath(import.meta.resolve('@simple-ipc/codegen/package.json'))
const cli = path.join(path.dirname(manifest), 'dist', 'cli.js')
const model = path.join(here, 'model', 'metaModel.json')
const exceptions = path.join(here, 'model', 'exceptions.json')
const imported = path.join(here, 'build', 'contract.ts')

mkdirSync(path.dirname(imported), { recursive: true })
const args = [cli, 'import', 'lsp', model, '--exceptions', exceptions, '--out', imported, '--quiet']
execFileSync(process.execPath, args, { stdio: 'inherit' })
const { json } = await loadContract(imported)
const generated = path.join(here, 'src', 'generated', 'contract.ts')
mkdirSync(path.dirname(generated), { recursive: true })
writeFileSync(generated, typedContract(json, { constant: 'lsp', spec: 'LspSpec' }))
