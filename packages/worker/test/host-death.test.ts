// However the host ends: two seconds later nothing of its programs is alive.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { has } from '../../../scripts/required-programs.mjs'
import { Worker } from '../src/index.js'
import { descriptors, eventually, marked } from './leaves-nothing.js'

const host = fileURLToPath(new URL('fixtures/host.mjs', import.meta.url))
let count = 0

/** A host with its programs, which carry a marker of their own. */
async function started(
  means: string,
  wrapper: string[] = [],
): Promise<{ child: ChildProcess; mark: string; said: string }> {
  const mark = `SIMPLE_IPC_HOST=${process.pid}.${++count}`
  const [file = '', ...args] = wrapper.concat(process.execPath, host, means)
  const child = spawn(file, args, {
    env: { ...process.env, SIMPLE_IPC_HOST: mark.split('=')[1] },
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  let said = ''
  for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
    said += chunk.toString()
    if (said.includes('ready')) break
  }
  return { child, mark, said }
}

async function allEnd(mark: string): Promise<void> {
  await eventually(
    () => marked(mark).length === 0,
    () => `alive after two seconds: ${marked(mark).join(', ')}`,
    2000,
  )
}

describe('no program outlives a host', () => {
  test.each([
    'exit',
    'end',
    'exception',
    'rejection',
    'abort',
    'SIGINT',
    'SIGTERM',
    'SIGHUP',
    'SIGQUIT',
    'SIGKILL',
  ])('that ends by %s', async means => {
    const { child, mark } = await started(means)
    // The host, a program that ignores SIGTERM and SIGHUP with a child that does too, and a program that floods.
    expect(marked(mark).length).toBeGreaterThanOrEqual(4)
    const exited = once(child, 'exit')
    if (means.startsWith('SIG')) child.kill(means as NodeJS.Signals)
    else child.stdin?.write('now\n')
    await exited
    await allEnd(mark)
  })

  test.concurrent('that is killed in the turn in which it starts a program', async () => {
    const { child, mark } = await started('starts-and-dies')
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    await allEnd(mark)
  })

  test.concurrent('that is a thread of a process that lives', async () => {
    const { child, mark } = await started('thread')
    expect(marked(mark).length).toBeGreaterThanOrEqual(2)
    child.stdin?.write('now\n')
    await eventually(
      () => marked(mark).length === 1,
      () => `alive: ${marked(mark).join(', ')}`,
      2500,
    )
    expect(marked(mark)).toEqual([child.pid])
    child.kill('SIGKILL')
    await once(child, 'exit')
  })

  test.skipIf(!has('python3')).concurrent('whose terminal is closed', async () => {
    // python3 holds the terminal, and closes it when its input ends.
    const terminal = fileURLToPath(new URL('fixtures/terminal.py', import.meta.url))
    const { child, mark } = await started('stays', ['python3', terminal])
    expect(marked(mark).length).toBeGreaterThanOrEqual(4)
    child.stdin?.end()
    await once(child, 'exit')
    await allEnd(mark)
  })
})

test('Ctrl-C in the terminal does not reach a program: it is in a session of its own', async () => {
  const worker = new Worker(['sh', '-c', 'cut -d " " -f 1,5,6 /proc/$$/stat; cat'])
  const [pid, group, session] = (await worker.until(/\d/)).join('').trim().split(/\s+/)
  expect([group, session]).toEqual([pid, pid])
  expect(Number(pid)).toBe(worker.pid)
  await worker.stop()
})

describe('the watchdog', () => {
  test('is one for all programs of a host, starts with the first, holds only its pipe, and goes with the host', async () => {
    const { child, mark, said } = await started('watchdog')
    const found = JSON.parse(said.replace('ready', '')) as {
      before: number
      after: number[]
      descriptors: string[]
    }
    expect(found.before).toBe(0)
    expect(found.after.length).toBe(1)
    const own = descriptors().map(entry => entry.replace(/^\d+ /, ''))
    // What this process was itself given by its parent passes through.
    const held = found.descriptors.filter(
      entry => entry.endsWith('/dev/null') || !own.some(target => entry.endsWith(target)),
    )
    expect(held.map(entry => entry.replace(/\[\d+\]/, ''))).toEqual([
      '0 socket:',
      '1 /dev/null',
      '2 /dev/null',
    ])
    child.kill('SIGKILL')
    await allEnd(mark)
    await eventually(
      () => !alive(found.after[0] ?? 0),
      () => 'the watchdog lives on',
      2000,
    )
  })

  test('is started again when somebody kills it', async () => {
    const { child, mark } = await started('loses-watchdog')
    child.kill('SIGKILL')
    await once(child, 'exit')
    await allEnd(mark)
  })

  test('does not keep the event loop alive, and neither does a worker without callback or loop', async () => {
    const { child, mark } = await started('end')
    child.stdin?.write('now\n')
    expect(await once(child, 'exit')).toEqual([0, null])
    await allEnd(mark)
  })
})

test('the library installs no signal handler', async () => {
  const before = process.eventNames().filter(name => String(name).startsWith('SIG'))
  await using worker = new Worker('cat')
  expect(process.eventNames().filter(name => String(name).startsWith('SIG'))).toEqual(before)
  await worker.stop()
})

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
