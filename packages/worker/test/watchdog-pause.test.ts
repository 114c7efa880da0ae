import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, it } from 'vitest'
import { watchdogScript } from '../src/process/watchdog-script.js'
import { eventually } from './leaves-nothing.js'

const folder = mkdtempSync(path.join(tmpdir(), 'simple-ipc-watchdog-'))
afterAll(() => rmSync(folder, { recursive: true }))
const said = path.join(folder, 'said')
// It waits for nothing, and says how long it was to wait.
writeFileSync(
  path.join(folder, 'sleep'),
  `#!/bin/sh\necho "$1" > '${said}.new'\nmv '${said}.new' '${said}'\n`,
)
chmodSync(path.join(folder, 'sleep'), 0o755)
const fixture = fileURLToPath(new URL('fixtures/host-of-host.mjs', import.meta.url))

/** How long the watchdog of a host waits that is killed, after what started it was killed, or before. */
async function pauseOf(order: readonly ('top' | 'host')[]): Promise<string> {
  const top = spawn(process.execPath, [fixture, 'top'], {
    env: { ...process.env, PATH: `${folder}:${process.env['PATH'] ?? ''}`, WATCHDOG: watchdogScript },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: top.stdout })[Symbol.asyncIterator]()
  const host = Number((await lines.next()).value)
  expect((await lines.next()).value).toBe('watched')
  for (const which of order) {
    if (which === 'host') {
      process.kill(host, 'SIGKILL')
      await eventually(
        () => existsSync(said),
        () => 'the watchdog has not waited',
      )
    } else {
      const ended = once(top, 'exit')
      top.kill('SIGKILL')
      await ended
    }
  }
  const pause = readFileSync(said, 'utf8').trim()
  rmSync(said)
  return pause
}

it('programs of a host that was killed get a second', async () => {
  expect(await pauseOf(['host', 'top'])).toBe('1')
})

it.skipIf(process.platform !== 'linux')(
  'and those of a host that outlived what had started it a fifth of one: the second is over',
  async () => {
    expect(await pauseOf(['top', 'host'])).toBe('0.2')
  },
)
