import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { has } from '../../scripts/required-programs.mjs'

const host = path.join(import.meta.dirname, 'host.ts')

// The first run installs OpenTelemetry for Python.
test.skipIf(!has('python3'))(
  'one trace goes through both processes, and back',
  { timeout: 180_000 },
  async () => {
    const child = spawn(process.execPath, ['--import', 'tsx', host], {
      cwd: import.meta.dirname,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
    expect({ code: child.exitCode, stderr: stderr.replace(/^Installing OpenTelemetry .*\n/, '') }).toEqual({
      code: 0,
      stderr: '',
    })
    const shown = stdout.replace(/[\da-f]{32}/, 'ID').replaceAll(/\d+\.\d ms/g, 'TIME')
    expect(shown).toBe(`cat, dog
trace ID
  report                Node    TIME
    count               Python  TIME
      stopWords         Node    TIME
`)
  },
)
