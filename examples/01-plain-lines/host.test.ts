import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { has } from '../../scripts/required-programs.mjs'

const run = promisify(execFile)
const host = path.join(import.meta.dirname, 'host.ts')

const conversation = (name: string) =>
  [
    `${name} says: 2`,
    `${name} says: not a number: forty`,
    `${name} says: 41`,
    `${name} says: 42, that is the answer`,
    `${name} ended with code 0; the last line was «42, that is the answer»; running: false`,
  ].join('\n')

test.skipIf(!has('gcc'))('programs in JavaScript and C answer until 42', async () => {
  const { stdout } = await run(process.execPath, ['--import', 'tsx', host], { cwd: import.meta.dirname })
  expect(stdout).toBe(`${conversation('JavaScript')}\n${conversation('C')}\n`)
})

test('without a C compiler the program in JavaScript runs and the other is named as skipped', async () => {
  const { stdout } = await run(process.execPath, ['--import', 'tsx', host], {
    cwd: import.meta.dirname,
    env: { ...process.env, PATH: import.meta.dirname },
  })
  expect(stdout).toContain(conversation('JavaScript'))
  expect(stdout).toContain('skipped: the program in C')
})
