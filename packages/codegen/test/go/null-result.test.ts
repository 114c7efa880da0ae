import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { defineContract, serializeContract, Type } from '@simple-ipc/rpc'
import { expect, it } from 'vitest'
import { generate } from '../../src/generate/generate.js'
import { writeFiles } from '../../src/output/write-files.js'
import { complaints, go, goEnvironment, goMod, goModule } from '../support/toolchains.js'

// Not among the cases: OpenRPC cannot tell such a method from one without a result.
const contract = defineContract({
  name: 'null-result',
  version: '1.0.0',
  child: {
    methods: {
      plain: { result: Type.Null() },
      withParams: { params: Type.Object({ a: Type.Integer() }), result: Type.Null() },
      streamed: { stream: Type.String(), result: Type.Null() },
    },
  },
})

it.skipIf(go === undefined)(
  'Go compiles where a result can be nothing but null',
  { timeout: 120_000 },
  () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'simple-ipc-'))
    writeFiles(folder, generate(serializeContract(contract), 'go', undefined, goModule))
    writeFileSync(path.join(folder, 'go.mod'), goMod)
    expect(complaints(go ?? 'go', ['build', './...'], folder, goEnvironment)).toBe('')
    rmSync(folder, { recursive: true, force: true })
  },
)
