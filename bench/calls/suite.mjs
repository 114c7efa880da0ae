// @ts-check
import path from 'node:path'

const script = (/** @type {string} */ name) => path.join(import.meta.dirname, name)

/** Calls to a Node child that adds one: 64 are always under way. */
/** @type {import('../suite.mjs').Suite} */
export const calls = {
  title: 'calls to a Node child, 64 in flight',
  prepare(quick) {
    const count = quick ? 20_000 : 100_000
    return { args: [String(count), '64'], count, unit: 'calls' }
  },
  contenders: {
    'simple-ipc': script('rpc.mjs'),
    'bare loop': script('bare.mjs'),
    'fork (json)': script('fork.mjs'),
    'fork (advanced)': { script: script('fork.mjs'), env: { BENCH_SERIALIZATION: 'advanced' } },
    birpc: script('birpc.mjs'),
    'vscode-jsonrpc': script('vscode-jsonrpc.mjs'),
    'MCP SDK': script('mcp-sdk.mjs'),
  },
  ratios: [
    { of: 'simple-ipc', over: 'bare loop', atMost: 1 / 0.9 },
    { of: 'simple-ipc', over: 'fork (json)', atMost: 1 / 1.2 },
    { of: 'simple-ipc', over: 'vscode-jsonrpc', atMost: 1 / 4 },
    { of: 'simple-ipc', over: 'MCP SDK', atMost: 1 / 4 },
  ],
}
