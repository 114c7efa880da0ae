import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { resolveProgram } from './resolve-program.js'

const folder = mkdtempSync(path.join(tmpdir(), 'simple-ipc-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('a program is the first executable file of its name in PATH, else the first file', () => {
  for (const name of ['one', 'two', 'three']) mkdirSync(path.join(folder, name))
  writeFileSync(path.join(folder, 'two', 'tool'), '')
  writeFileSync(path.join(folder, 'three', 'tool'), '')
  const env = { PATH: ['one', 'two', 'three', ''].map(name => path.join(folder, name)).join(':') }
  const found = () => resolveProgram({ command: ['tool'], cwd: undefined, env })
  expect(found()).toBe(path.join(folder, 'two', 'tool'))
  chmodSync(path.join(folder, 'three', 'tool'), 0o755)
  expect(found()).toBe(path.join(folder, 'three', 'tool'))
  expect(resolveProgram({ command: ['two/tool'], cwd: folder, env: {} })).toBe(
    path.join(folder, 'two', 'tool'),
  )
  expect(resolveProgram({ command: ['two/none'], cwd: folder, env: {} })).toBeUndefined()
  expect(resolveProgram({ command: ['tool'], cwd: folder, env: {} })).toBeUndefined()
})
