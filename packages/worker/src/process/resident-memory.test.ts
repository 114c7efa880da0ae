import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { parsePs, parseTasklist, residentMemory } from './resident-memory.js'

const posix = process.platform !== 'win32'

test.runIf(posix)('the memory of a program is that of its whole group', async () => {
  const grow = 'globalThis.kept = Buffer.alloc(100e6, 1); console.log("grown"); setInterval(() => {}, 1e6)'
  // The shell is small, and stays.
  const child = spawn('sh', ['-c', `"$0" -e '${grow}'; true`, process.execPath], {
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const pid = child.pid ?? 0
  try {
    await once(child.stdout, 'data')
    const memory = await residentMemory([pid, 2 ** 30])
    expect([...memory.keys()]).toEqual([pid])
    expect(memory.get(pid)).toBeGreaterThan(100e6)
    expect(memory.get(pid)).toBeLessThan(1e9)
  } finally {
    process.kill(-pid, 'SIGKILL')
  }
})

test('there is no memory of a program that has ended', async () => {
  const child = spawn(process.execPath, ['-e', ''], { detached: posix })
  await once(child, 'exit')
  expect(await residentMemory([child.pid ?? 0])).toEqual(new Map())
  expect(await residentMemory([])).toEqual(new Map())
})

test('what ps says is added up by group', () => {
  const text = '    7   1000\n    7    24\n   8 5\n garbage\n\n'
  expect(parsePs(text, new Set([7]))).toEqual(new Map([[7, 1024 * 1024]]))
})

test('what tasklist says is read in every language', () => {
  const text = '"node.exe","12","Console","1","1,024 K"\r\n"a, b.exe","13","Console","1","2.048 Ko"\r\n'
  expect(parseTasklist(text, new Set([12, 13]))).toEqual(
    new Map([
      [12, 1024 * 1024],
      [13, 2048 * 1024],
    ]),
  )
})
