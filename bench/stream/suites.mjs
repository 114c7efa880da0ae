// @ts-check
import path from 'node:path'

const script = (/** @type {string} */ name) => path.join(import.meta.dirname, name)

/** @type {import('../define-suite.mjs').Suite} */
export const stream = {
  title: 'a stream of small items, credit on, Node child',
  prepare(quick) {
    const count = quick ? 100_000 : 1_000_000
    return { args: [String(count)], count, unit: 'items' }
  },
  contenders: { 'simple-ipc': script('rpc.mjs'), 'bare loop': script('bare.mjs') },
  goals: [{ of: 'simple-ipc', over: 'bare loop', atLeast: 0.8 }],
}
