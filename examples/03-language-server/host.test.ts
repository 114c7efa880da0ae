import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const run = promisify(execFile)

test('a language server is asked and asks, is answered, cancelled and shut down', async () => {
  const host = path.join(import.meta.dirname, 'host.ts')
  const { stdout } = await run(process.execPath, ['--import', 'tsx', host], { cwd: import.meta.dirname })
  expect(stdout).toMatch(/^connected to/m)
  expect(stdout).toMatch(/^it asked for 1 setting\(s\)$/m)
  expect(stdout).toMatch(/^it asked for workspace\/didChangeWatchedFiles/m)
  expect(stdout).toMatch(/^line 1: Type 'string' is not assignable to type 'number'/m)
  expect(stdout).toMatch(/^doubled is: .*const doubled: number/m)
  expect(stdout).toMatch(/^cancelled$/m)
  expect(stdout).toMatch(/^it exited with code 0$/m)
}, 120_000)
