import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { watchdogScript } from '../packages/worker/src/process/watchdog-script.js'

const runtimes = path.join(import.meta.dirname, '..', 'packages', 'codegen', 'src', 'targets')

it.each([
  'python/runtime/simple_ipc/process/watchdog.py',
  'go/runtime/internal/ipc/process/watchdog_unix.go',
])('the watchdog of %s is that of Node', file => {
  expect(readFileSync(path.join(runtimes, file), 'utf8')).toContain(watchdogScript)
})
