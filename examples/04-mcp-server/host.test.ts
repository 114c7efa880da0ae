import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const run = promisify(execFile)
const host = path.join(import.meta.dirname, 'host.ts')

const conversation = (stdout: string): void => {
  expect(stdout).toMatch(/^connected to secure-filesystem-server$/m)
  expect(stdout).toMatch(/^it asked for our roots$/m)
  expect(stdout).toMatch(/^\d+ tools, list_directory among them$/m)
  expect(stdout).toMatch(/^\[FILE\] host\.ts$/m)
  expect(stdout).toMatch(/^outside of its folder: refused$/m)
  expect(stdout).toMatch(/^stopped in less than 3 s$/m)
}

test('an MCP server is asked, answered and stopped', async () => {
  const { stdout } = await run(process.execPath, ['--import', 'tsx', host], { cwd: import.meta.dirname })
  conversation(stdout)
  expect(stdout).not.toMatch(/it printed/)
}, 120_000)

test('the same started through npm, whose chatter comes first', async () => {
  const { stdout } = await run(process.execPath, ['--import', 'tsx', host, import.meta.dirname, '--npm'], {
    cwd: import.meta.dirname,
  })
  expect(stdout).toMatch(/^it printed: > chatty-launcher@1.0.0 start$/m)
  conversation(stdout)
}, 120_000)
