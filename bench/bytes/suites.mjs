// @ts-check
import path from 'node:path'
import { withChild } from '../child-command.mjs'
import { inLanguages, languages } from '../programs.mjs'

const here = import.meta.dirname
const script = (/** @type {string} */ name) => path.join(here, name)

/** @param {number} size @param {number} times */
const input = (size, times) => (/** @type {boolean} */ quick) => {
  const count = quick ? Math.ceil(times / 10) : times
  return { args: [String(size), String(count)], count, unit: 'messages' }
}

/** What memory may rise by, on each side. */
const peaks = ['hostPeak', 'childPeak'].map(figure => ({
  of: 'simple-ipc',
  figure,
  unit: 'times the bytes',
  figureAtMost: 2.5,
}))

/** @param {string} size @param {number} bytes @param {number} times @param {import('../define-suite.mjs').Goal[]} more @returns {import('../define-suite.mjs').Suite} */
const bytes = (size, bytes, times, more = []) => ({
  title: `bytes, ${size} there and back, Node child`,
  rounds: 5,
  prepare: input(bytes, times),
  contenders: {
    'simple-ipc': script('rpc.mjs'),
    'bare pipe': script('bare.mjs'),
    'fork (advanced)': script('fork.mjs'),
    'vscode-jsonrpc': script('vscode-jsonrpc.mjs'),
    "Cap'n Web": script('capnweb.mjs'),
  },
  goals: [
    { of: 'simple-ipc', over: 'bare pipe', atLeast: 0.6 },
    { of: 'simple-ipc', over: 'fork (advanced)', atLeast: 1 },
    { of: 'simple-ipc', over: 'vscode-jsonrpc', atLeast: 8 },
    ...more,
  ],
})

/** @type {import('../define-suite.mjs').Suite} */
const inOthers = {
  title: 'bytes, 16 MB there and back, generated children and bare loops in their languages',
  rounds: 5,
  prepare: input(16e6, 40),
  contenders: () =>
    inLanguages(languages, here, 'bytes', (name, { bare, generated }) => ({
      [`${name} bare`]: { script: script('bare.mjs'), env: { ...withChild(bare), BENCH_SIZE: 'sent' } },
      [`${name} generated`]: { script: script('rpc.mjs'), env: withChild(generated) },
    })),
  goals: Object.keys(languages).map(name => ({
    of: `${name} generated`,
    over: `${name} bare`,
    atLeast: 0.6,
  })),
}

/** @type {Readonly<Record<string, import('../define-suite.mjs').Suite>>} */
export const bytesSuites = {
  'bytes-64k': bytes('64 KB', 64e3, 3000),
  'bytes-1': bytes('1 MB', 1e6, 300),
  'bytes-16': bytes('16 MB', 16e6, 20, peaks),
  'bytes-60': bytes('60 MB', 60e6, 6, peaks),
  'bytes-children': inOthers,
}
