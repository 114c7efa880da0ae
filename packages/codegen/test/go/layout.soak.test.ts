import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { serializeContract } from '@simple-ipc/rpc'
import { expect, it } from 'vitest'
import { generate } from '../../src/generate/generate.js'
import { Random } from '../support/random.js'
import { randomContract } from '../support/random-contract.js'
import { gofmt, lint } from '../support/linters.js'
import { go, goModule } from '../support/toolchains.js'

it.skipIf(go === undefined)(
  'Generated Go is laid out as gofmt does, whatever its names and types',
  { timeout: 60_000 },
  () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'simple-ipc-'))
    try {
      for (let seed = 0; seed < 60; seed++)
        for (const file of generate(
          serializeContract(randomContract(new Random(seed))),
          'go',
          undefined,
          goModule,
        )) {
          // The runtime is a file of the sources.
          if (/^(?:ipc|internal)\//.test(file.path)) continue
          const target = path.join(folder, `${seed}`, file.path)
          mkdirSync(path.dirname(target), { recursive: true })
          writeFileSync(target, file.text)
        }
      expect(lint(gofmt, ['-d', '.'], folder)).toBe('')
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
)
