// @ts-check
import path from 'node:path'
import { buildC } from '../build-c.mjs'
import { withChild } from '../child-command.mjs'

const script = (/** @type {string} */ name) => path.join(import.meta.dirname, name)
const env = () =>
  withChild([buildC(path.join(import.meta.dirname, '..', 'calls', 'children', 'increment.c'))])

/** @type {Readonly<Record<string, import('../define-suite.mjs').Suite>>} */
export const memorySuites = {
  memory: {
    title: 'the heap of the host after a million calls',
    rounds: 3,
    prepare(quick) {
      const count = quick ? 50_000 : 1_000_000
      return { args: [String(count)], count, unit: 'calls' }
    },
    contenders: () => ({ 'simple-ipc': { script: script('million-calls.mjs'), env: env() } }),
    // What a garbage collection leaves differs by some kilobytes from one to the next.
    goals: [{ of: 'simple-ipc', figure: 'grownKB', unit: 'KB of growth', figureAtMost: 100 }],
  },
  idle: {
    title: 'the heap of the host with idle clients',
    rounds: 3,
    prepare(quick) {
      const count = quick ? 10 : 50
      return { args: [String(count)], count, unit: 'clients' }
    },
    contenders: () => ({ 'simple-ipc': { script: script('idle-clients.mjs'), env: env() } }),
    goals: [{ of: 'simple-ipc', figure: 'eachKB', unit: 'KB a client', figureAtMost: 200 }],
  },
}
