// @ts-check
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { Absent } from '../define-suite.mjs'

const script = (/** @type {string} */ name) => path.join(import.meta.dirname, name)

const cached = { NODE_COMPILE_CACHE: path.join(import.meta.dirname, '..', 'build', 'compile-cache') }

/** @type {Readonly<Record<string, import('../define-suite.mjs').Suite>>} */
export const startSuites = {
  import: {
    title: 'a Node process, until its imports are there',
    rounds: 15,
    prepare: () => ({ args: [], count: 1, unit: 'starts' }),
    contenders: {
      'rpc and a contract': script('rpc-and-contract.mjs'),
      'bare node': script('bare-node.mjs'),
    },
    goals: [{ of: 'rpc and a contract', over: 'bare node', addsAtMost: 50 }],
  },
  'import-lsp': {
    title: 'a Node process, until the Language Server Protocol is there, and a client of it in ours',
    rounds: 15,
    prepare: () => ({ args: [], count: 1, unit: 'starts' }),
    contenders: {
      'simple-ipc': script('lsp.mjs'),
      'vscode-languageserver-protocol': script('vscode-lsp.mjs'),
      'bare node': script('bare-node.mjs'),
    },
    goals: [{ of: 'simple-ipc', over: 'vscode-languageserver-protocol', atLeast: 1 / 1.5 }],
  },
  first: {
    title: 'a Node host and a Node child, from the start of the host to the first answer',
    rounds: 15,
    prepare: () => ({ args: [], count: 1, unit: 'answers' }),
    contenders: {
      'simple-ipc': script('first-answer.mjs'),
      'bare node': script('bare-first-answer.mjs'),
    },
    goals: [{ of: 'simple-ipc', over: 'bare node', addsAtMost: 75 }],
  },
  'first-cached': {
    title: 'the same, with a cache of compiled code (NODE_COMPILE_CACHE)',
    rounds: 15,
    prepare() {
      const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
      if (major < 22 || (major === 22 && minor < 8)) throw new Absent('Node 22.8 or later')
      return { args: [], count: 1, unit: 'answers' }
    },
    contenders: {
      'simple-ipc': { script: script('first-answer.mjs'), env: cached },
      'bare node': { script: script('bare-first-answer.mjs'), env: cached },
    },
    goals: [{ of: 'simple-ipc', over: 'bare node', addsAtMost: 60 }],
  },
  'load-contract': {
    title: 'a contract of 500 methods, and one of five',
    rounds: 15,
    prepare: () => ({ args: [], count: 1, unit: 'contracts' }),
    contenders: {
      '500 methods': { script: script('contract.mjs'), env: { BENCH_METHODS: '500' } },
      '5 methods': { script: script('contract.mjs'), env: { BENCH_METHODS: '5' } },
    },
    goals: [{ of: '500 methods', over: '5 methods', addsAtMost: 20 }],
  },
  'import-python': {
    title: 'a Python process, until the generated code of examples/02-profile-csv is imported',
    rounds: 15,
    prepare() {
      if (spawnSync('python3', ['--version']).status !== 0) throw new Absent('python3')
      return { args: [], count: 1, unit: 'starts' }
    },
    contenders: {
      'generated Python': { script: script('python.mjs'), env: { BENCH_IMPORT: 'generated.profiler' } },
      'bare python3': { script: script('python.mjs'), env: { BENCH_IMPORT: 'sys' } },
    },
    goals: [{ of: 'generated Python', over: 'bare python3', addsAtMost: 40 }],
  },
}
