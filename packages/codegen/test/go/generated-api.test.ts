// What generated Go code is for the programs that use it: values that encoding/json takes, handlers, contexts, options.
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { discover } from '@simple-ipc/rpc'
import { expect, it } from 'vitest'
import { generate } from '../../src/generate/generate.js'
import { writeFiles } from '../../src/output/write-files.js'
import { casesOf } from '../support/cases.js'
import { inTests } from '../support/paths.js'
import { complaints, go, goEnvironment, goMod, goModule } from '../support/toolchains.js'

it.skipIf(go === undefined || process.platform === 'win32')(
  'Generated Go code does what its documentation says',
  { timeout: 300_000 },
  () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'simple-ipc-'))
    for (const { json, contract } of casesOf('go'))
      writeFiles(folder, generate(json, 'go', discover(contract), goModule))
    writeFileSync(path.join(folder, 'go.mod'), goMod)
    cpSync(inTests('go', 'generated_api'), path.join(folder, 'checks'), { recursive: true })
    expect(complaints(go ?? 'go', ['test', './checks'], folder, goEnvironment).replace(/^ok .*\n$/, '')).toBe(
      '',
    )
    rmSync(folder, { recursive: true, force: true })
  },
)
