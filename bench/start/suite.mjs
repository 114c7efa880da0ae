// @ts-check
import path from 'node:path'

const script = (/** @type {string} */ name) => path.join(import.meta.dirname, name)

/** From the start of a Node process to the end of its imports. */
/** @type {import('../suite.mjs').Suite} */
export const start = {
  title: 'a Node process, until its imports are there',
  prepare: () => ({ args: [], count: 1, unit: 'starts' }),
  contenders: {
    'rpc and a contract': script('rpc-and-contract.mjs'),
    'bare node': script('bare-node.mjs'),
  },
  differences: [{ of: 'rpc and a contract', over: 'bare node', atMost: 50 }],
}
