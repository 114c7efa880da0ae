// Start, stop, send, ask, restart in any order: what is promised holds all the same.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Worker } from '../src/index.js'
import { descriptors, eventually, marked } from './leaves-nothing.js'

const programs: readonly (readonly string[])[] = [
  ['cat'],
  ['true'],
  ['false'],
  ['no-such-program'],
  ['sh', '-c', 'echo up; read x; echo "$x"; exit 1'],
  ['sh', '-c', 'sleep 60 & echo up; exec cat'],
  ['sh', '-c', 'exec >&-; sleep 0.02'],
  ['sh', '-c', 'exec <&-; echo deaf; sleep 0.02'],
]

type Step =
  | 'start'
  | 'stop'
  | 'hurry'
  | 'send'
  | 'ask'
  | 'until'
  | 'loop'
  | 'leave'
  | 'turn'
  | 'pause'
  | 'dispose'
  | 'drained'
const steps = ['start', 'stop', 'hurry', 'send', 'ask', 'until', 'loop', 'leave', 'turn', 'pause', 'dispose', 'drained'] as const satisfies Step[] // prettier-ignore

test('every promise settles, every run closes once after its exit, and nothing is left', async () => {
  const open = descriptors().length
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...programs),
      fc.boolean(),
      fc.array(fc.constantFrom(...steps), { maxLength: 14 }),
      async (command, restarts, plan) => {
        const events: string[] = []
        const settled: Promise<unknown>[] = []
        const keep = (promise: Promise<unknown>) => settled.push(promise.catch(() => undefined))
        const worker = new Worker(command, () => undefined, {
          stderr: 'ignore',
          stop: { input: 200, term: 200 },
          ...(restarts && { restart: { max: 2, withinMs: 1000, backoff: { initial: 1 } } }),
        })
        let runs = worker.pid === undefined ? 0 : 1
        worker.on('error', () => undefined)
        worker.on('start', () => runs++)
        worker.on('exit', ({ error }) => events.push(error ? 'no start' : 'exit'))
        worker.on('close', () => events.push('close'))
        for (const step of plan) {
          if (step === 'start') worker.start()
          else if (step === 'stop') keep(worker.stop())
          else if (step === 'hurry') keep(worker.stop({ input: 0, term: 0 }))
          else if (step === 'send') worker.send('x')
          else if (step === 'ask') keep(worker.ask('x', { timeout: 300 }))
          else if (step === 'until') keep(worker.until(/x|up/, { timeout: 300 }))
          else if (step === 'loop') keep(all(worker))
          else if (step === 'leave') keep(worker[Symbol.asyncIterator]().return?.() ?? Promise.resolve())
          else if (step === 'turn') await new Promise(resolve => setImmediate(resolve))
          else if (step === 'pause') await new Promise(resolve => setTimeout(resolve, 5))
          else if (step === 'dispose') worker[Symbol.dispose]()
          else keep(worker.drained())
        }
        await worker.stop()
        expect(worker.running).toBe(false)
        expect(worker.pid).toBeUndefined()
        await worker.exited
        await Promise.all(settled)
        const starts = events.filter(event => event === 'exit').length
        expect(starts).toBe(runs)
        // After each exit its close, before the next exit.
        expect(events.filter((_, index) => index % 2 === 1).every(event => event === 'close')).toBe(true)
        expect(events.filter(event => event === 'close').length).toBe(events.length / 2)
        expect(worker.bufferedAmount).toBe(0)
      },
    ),
    { numRuns: 150, seed: 20_261_123 },
  )
  expect(marked()).toEqual([])
  await eventually(
    () => descriptors().length <= open,
    () => `${descriptors().length - open} descriptors more`,
  )
}, 120_000)

async function all(worker: Worker): Promise<number> {
  let count = 0
  for await (const line of worker) count += line.length
  return count
}
