// @ts-check
import path from 'node:path'

const script = (/** @type {string} */ name) => path.join(import.meta.dirname, name)

/** A string there and back. @param {number} megabytes @param {number} times @returns {import('../define-suite.mjs').Suite} */
const large = (megabytes, times) => ({
  title: `a string of ${megabytes} MB there and back, Node child`,
  rounds: 5,
  prepare(quick) {
    const count = quick ? Math.ceil(times / 10) : times
    return { args: [String(megabytes * 1e6), String(count)], count, unit: 'messages' }
  },
  contenders: {
    'simple-ipc': script('rpc.mjs'),
    'fork (json)': script('fork.mjs'),
    'vscode-jsonrpc': script('vscode-jsonrpc.mjs'),
  },
  goals: [
    { of: 'simple-ipc', over: 'vscode-jsonrpc', atLeast: 1 },
    { of: 'simple-ipc', over: 'fork (json)', atLeast: 1.8 },
    { of: 'simple-ipc', figure: 'peakMessages', unit: 'times the message', figureAtMost: 4 },
  ],
})

/** @type {Readonly<Record<string, import('../define-suite.mjs').Suite>>} */
export const largeSuites = { 'large-1': large(1, 100), 'large-16': large(16, 8), 'large-63': large(63, 3) }
