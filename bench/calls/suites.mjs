// @ts-check
import path from 'node:path'
import { buildC } from '../build-c.mjs'
import { withChild } from '../child-command.mjs'

const script = (/** @type {string} */ name) => path.join(import.meta.dirname, name)

/** @param {number} inFlight @param {number} count @param {number} few as many calls when it must be quick */
const calls = (inFlight, count, few) => (/** @type {boolean} */ quick) => {
  const total = quick ? few : count
  return { args: [String(total), String(Math.min(inFlight, total))], count: total, unit: 'calls' }
}

/** Ours and the limit, both with a C child that only answers. */
const toC = () => {
  const env = withChild([buildC(path.join(import.meta.dirname, 'children', 'increment.c'))])
  return {
    'simple-ipc': { script: script('rpc.mjs'), env },
    'bare loop': { script: script('bare.mjs'), env },
  }
}

const fork = { script: script('fork.mjs'), env: { BENCH_SERIALIZATION: 'json' } }
const forkAdvanced = { script: script('fork.mjs'), env: { BENCH_SERIALIZATION: 'advanced' } }

/** With a Node child: ours, the limit, and Node's own channel. @param {Readonly<Record<string, string>>} env */
const alone = env => ({
  'simple-ipc': { script: script('rpc.mjs'), env },
  'bare loop': { script: script('bare.mjs'), env },
  'fork (json)': { script: script('fork.mjs'), env: { ...env, BENCH_SERIALIZATION: 'json' } },
})

/** @type {Readonly<Record<string, import('../define-suite.mjs').Suite>>} */
export const callSuites = {
  sequential: {
    title: 'one call after the other, C child',
    prepare: calls(1, 30_000, 5_000),
    contenders: toC,
    goals: [{ of: 'simple-ipc', over: 'bare loop', atLeast: 1 / 1.15 }],
  },
  'sequential-node': {
    title: 'one call after the other, Node child',
    prepare: calls(1, 30_000, 5_000),
    contenders: alone({}),
    goals: [
      { of: 'simple-ipc', over: 'bare loop', atLeast: 1 / 1.2 },
      { of: 'simple-ipc', over: 'fork (json)', atLeast: 1 },
      { of: 'simple-ipc', over: 'bare loop', figure: 'p99', atMost: 1.5 },
    ],
  },
  'sequential-busy': {
    title: 'one call after the other, Node child, with a busy process on each processor',
    prepare: calls(1, 5_000, 1_000),
    contenders: alone({ BENCH_BUSY: 'on' }),
    goals: [
      { of: 'simple-ipc', over: 'bare loop', atLeast: 1 / 2 },
      { of: 'simple-ipc', over: 'bare loop', figure: 'p99', atMost: 2 },
    ],
  },
  'calls-fresh': {
    title: 'the first 30,000 calls, 64 in flight, Node child',
    prepare: calls(64, 30_000, 30_000),
    contenders: alone({ BENCH_FRESH: 'on' }),
    goals: [{ of: 'simple-ipc', over: 'bare loop', atLeast: 1 }],
  },
  'calls-fresh-busy': {
    title: 'the first 30,000 calls, 64 in flight, Node child, with a busy process on each processor',
    prepare: calls(64, 30_000, 30_000),
    contenders: alone({ BENCH_FRESH: 'on', BENCH_BUSY: 'on' }),
    goals: [{ of: 'simple-ipc', over: 'bare loop', atLeast: 0.8 }],
  },
  calls: {
    title: '64 calls in flight, Node child',
    prepare: calls(64, 100_000, 20_000),
    contenders: {
      'simple-ipc': script('rpc.mjs'),
      'bare loop': script('bare.mjs'),
      'fork (json)': fork,
      'fork (advanced)': forkAdvanced,
      birpc: script('birpc.mjs'),
      'vscode-jsonrpc': script('vscode-jsonrpc.mjs'),
      'MCP SDK': script('mcp-sdk.mjs'),
      kkrpc: script('kkrpc.mjs'),
      "Cap'n Web": script('capnweb.mjs'),
    },
    goals: [
      { of: 'simple-ipc', over: 'bare loop', atLeast: 0.9 },
      { of: 'simple-ipc', over: 'fork (json)', atLeast: 1.2 },
      { of: 'simple-ipc', over: 'vscode-jsonrpc', atLeast: 4 },
      { of: 'simple-ipc', over: 'MCP SDK', atLeast: 4 },
    ],
  },
  'calls-c': {
    title: '64 calls in flight, C child',
    prepare: calls(64, 200_000, 40_000),
    contenders: toC,
    goals: [{ of: 'simple-ipc', over: 'bare loop', atLeast: 0.9 }],
  },
  burst: {
    title: '20,000 calls at once, Node child',
    prepare: () => ({ args: ['20000', '20000'], count: 20_000, unit: 'calls' }),
    contenders: {
      'simple-ipc': script('rpc.mjs'),
      'fork (json)': fork,
      'vscode-jsonrpc': script('vscode-jsonrpc.mjs'),
      'MCP SDK': script('mcp-sdk.mjs'),
      kkrpc: script('kkrpc.mjs'),
      "Cap'n Web": script('capnweb.mjs'),
    },
    goals: [
      { of: 'simple-ipc', over: 'vscode-jsonrpc', atLeast: 6.5 },
      { of: 'simple-ipc', over: 'MCP SDK', atLeast: 15 },
    ],
  },
  validation: {
    title: '64 calls in flight, Node child, with and without validation',
    prepare: calls(64, 100_000, 20_000),
    contenders: {
      'simple-ipc': script('rpc.mjs'),
      'simple-ipc, validate: false': { script: script('rpc.mjs'), env: { BENCH_VALIDATE: 'off' } },
    },
    goals: [{ of: 'simple-ipc', over: 'simple-ipc, validate: false', atLeast: 0.95 }],
  },
}
