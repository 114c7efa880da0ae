// Imported by each test file of this package: after its tests no process, descriptor or listener may be left.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { afterAll, expect } from 'vitest'
import { Worker } from '../src/index.js'

/** Processes that this file's tests start, and what those start, carry this in their environment. */
const marker = `SIMPLE_IPC_TEST=${process.pid}.${Date.now()}`
process.env['SIMPLE_IPC_TEST'] = marker.split('=')[1]
// Where this is set it hides that Python keeps its output back.
delete process.env['PYTHONUNBUFFERED']

/** The numbers of the living processes that carry a marker; dead ones have no environment. */
export function marked(by = marker): number[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter(name => {
      try {
        return readFileSync(`/proc/${name}/environ`, 'latin1').split('\0').includes(by)
      } catch {
        return false
      }
    })
    .map(Number)
}

/** Resolves when the condition holds; rejects with what `tell` says if it does not within the time. */
export async function eventually(condition: () => boolean, tell: () => string, ms = 5000): Promise<void> {
  const end = performance.now() + ms
  while (!condition()) {
    if (performance.now() > end) throw new Error(tell())
    await new Promise(resolve => setTimeout(resolve, 10))
  }
}

/** The open descriptors of this process that are pipes, sockets or files of tests. */
export function descriptors(): string[] {
  return readdirSync('/proc/self/fd').flatMap(name => {
    try {
      return [`${name} ${readlinkSync(`/proc/self/fd/${name}`)}`]
    } catch {
      return []
    }
  })
}

function listeners(): string {
  return JSON.stringify(process.eventNames().map(name => [String(name), process.listenerCount(name)]))
}

if (process.platform === 'linux') {
  // The watchdog, which lives as long as this process, and one descriptor to it belong to what is there before.
  await new Worker('true').exited
  const descriptorsBefore = descriptors()
  const listenersBefore = listeners()

  afterAll(async () => {
    await eventually(
      () => marked().length === 0,
      () =>
        `left behind: ${marked()
          .map(pid => readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' '))
          .join('; ')}`,
    )
    await eventually(
      () => descriptors().length <= descriptorsBefore.length,
      () =>
        `descriptors left open: ${descriptors()
          .filter(entry => !descriptorsBefore.includes(entry))
          .join(', ')}`,
    )
    expect(listeners()).toBe(listenersBefore)
  })
}
