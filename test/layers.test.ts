import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { layers } from '../layers.config.mjs'
import { layerFaults } from '../scripts/layers.mjs'
import { lowerFolders } from '../scripts/layers/order.mjs'

// A copy of the sources, in which imports are planted that the rule must find: a rule that never fails holds nothing.
const root = path.join(import.meta.dirname, '..')
let copy = ''

beforeEach(() => {
  copy = mkdtempSync(path.join(realpathSync(tmpdir()), 'simple-ipc-'))
  for (const name of Object.keys(layers)) {
    const source = path.join('packages', name, 'src')
    cpSync(path.join(root, source), path.join(copy, source), { recursive: true })
    cpSync(
      path.join(root, 'packages', name, 'package.json'),
      path.join(copy, 'packages', name, 'package.json'),
    )
  }
  symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'), 'junction')
})

function plant(file: string, ...lines: string[]): void {
  const target = path.join(copy, 'packages', file)
  mkdirSync(path.dirname(target), { recursive: true })
  writeFileSync(target, `${lines.join('\n')}\nexport const planted = 1\n`)
}
afterEach(() => rmSync(copy, { recursive: true }))

/** The faults without their reasons. */
const found = async (): Promise<string[]> =>
  (await layerFaults(copy)).map(fault => fault.split('\n')[0] ?? '')

test('of any two folders one may not import from the other, and of those that stand apart neither', async () => {
  const pairs: [string, string][] = []
  for (const [name, order] of Object.entries(layers)) {
    const folders = [...lowerFolders(order).keys()].map(folder => path.posix.join(name, 'src', folder))
    for (const folder of folders) {
      const others = folders.filter(other => other !== folder)
      pairs.push(...others.map(other => [folder, other] as [string, string]))
      const imports = others.map(
        other => `import type {} from '${path.posix.relative(folder, other) || '.'}/planted.js'`,
      )
      plant(`${folder}/planted.ts`, ...imports.map(line => line.replace(/'(?!\.)/, "'./")))
    }
  }
  const faults = new Set(await found())
  const refused = ([from, to]: readonly [string, string]) =>
    faults.delete(`packages/${from}/planted.ts imports packages/${to}/planted.ts`)
  const both = new Set<string>()
  for (const [from, to] of pairs.filter(([from, to]) => from < to)) {
    const answers = [refused([from, to]), refused([to, from])]
    expect(answers, `${from} and ${to}`).toContain(true)
    if (!answers.includes(false)) both.add(`${from} ${to}`)
  }
  expect(both).toContain('rpc/src/caller rpc/src/dispatch')
  expect(both).toContain('rpc/src/connect rpc/src/serve')
  expect(both).toContain('codegen/src/targets/go/names codegen/src/targets/python/names')
  expect([...faults], 'the sources themselves').toEqual([])
})

test('files that import each other in a circle are found, behind a circle of types too', async () => {
  plant(
    'rpc/src/json/one.ts',
    "import type { planted as a } from './two.js'",
    "import { planted as b } from './three.js'",
  )
  plant('rpc/src/json/two.ts', "import type { planted as a } from './one.js'")
  plant(
    'rpc/src/json/three.ts',
    "import type { planted as a } from './two.js'",
    "import { planted as b } from './four.js'",
  )
  plant('rpc/src/json/four.ts', "import { planted as a } from './one.js'")
  const folder = 'packages/rpc/src/json'
  expect(await found()).toEqual([
    `a circle of imports: ${['four', 'one', 'three', 'four'].map(name => `${folder}/${name}.ts`).join(' → ')}`,
  ])
})

test('guarded modules, files of other packages and tests are not imported, and every folder has a place', async () => {
  plant('rpc/src/peer/spawns.ts', "import { spawn } from 'node:child_process'")
  plant('rpc/src/peer/knows-processes.ts', "import type { ChildProcess } from 'child_process'")
  plant('rpc/src/transport/loads.ts', "import { Emitter } from 'vscode-jsonrpc'")
  plant('rpc/src/peer/names.ts', "import type { Message } from 'vscode-jsonrpc'")
  plant('rpc/src/contract/makes.ts', "import { Type } from 'typebox'")
  plant('rpc/src/protocol/says.ts', "import type { TSchema } from 'typebox'")
  plant('rpc/src/validate/compiles.ts', "const later = import('typebox/schema')")
  plant('rpc/src/json/reaches.ts', "import { Worker } from '../../../worker/src/index.js'")
  plant('rpc/src/json/reaches.test.ts', "import { Peer } from '../peer/peer.js'")
  plant('rpc/src/json/is-tested.ts', "import './reaches.test.js'")
  plant('rpc/src/elsewhere/alone.ts')
  const faults = (await found()).map(fault =>
    fault.replace(/imports .*node_modules\/([^/]+).*/, 'imports $1'),
  )
  expect(faults.sort()).toEqual([
    'packages/rpc/src/contract/makes.ts imports typebox',
    'packages/rpc/src/elsewhere has no place in layers.config.mjs',
    'packages/rpc/src/json/is-tested.ts imports packages/rpc/src/json/reaches.test.ts',
    'packages/rpc/src/json/reaches.ts imports packages/worker/src/index.ts',
    'packages/rpc/src/peer/knows-processes.ts imports child_process',
    'packages/rpc/src/peer/names.ts imports vscode-jsonrpc',
    'packages/rpc/src/peer/spawns.ts imports child_process',
    'packages/rpc/src/protocol/says.ts imports typebox',
    'packages/rpc/src/transport/loads.ts imports vscode-jsonrpc',
    'packages/rpc/src/validate/compiles.ts imports typebox',
  ])
})
