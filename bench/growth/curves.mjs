// @ts-check
// How time grows: the same job at sizes far apart. Each curve should be level or fall, for it shows time a unit of work.
import path from 'node:path'
import { buildC } from '../build-c.mjs'
import { withChild } from '../child-command.mjs'

const script = (/** @type {string[]} */ ...name) => path.join(import.meta.dirname, '..', ...name)
const toC = () => withChild([buildC(script('calls', 'children', 'increment.c'))])

/**
 * @typedef {object} Curve
 * @property {string} title
 * @property {string} x what is varied
 * @property {string} unit what the time is for
 * @property {readonly number[]} sizes
 * @property {(size: number, quick: boolean) => import('../define-suite.mjs').Input} input
 * @property {() => import('../define-suite.mjs').Contenders} contenders
 */

/** @type {Readonly<Record<string, Curve>>} */
export const curves = {
  'calls in flight': {
    title: 'time a call, Node child',
    x: 'calls in flight',
    unit: 'calls',
    sizes: [1, 4, 16, 64, 256, 1024, 4096],
    input(size, quick) {
      const count = Math.max(size, (size === 1 ? 10_000 : 60_000) / (quick ? 20 : 1))
      return { args: [String(count), String(size)], count, unit: 'calls' }
    },
    contenders: () => ({
      'simple-ipc': script('calls', 'rpc.mjs'),
      'bare loop': script('calls', 'bare.mjs'),
    }),
  },
  'message size': {
    title: 'time a kilobyte, there and back, Node child',
    x: 'bytes of a string',
    unit: 'kilobytes',
    sizes: [64, 1_000, 16_000, 256_000, 4_000_000, 63_000_000],
    input(size, quick) {
      const times = Math.max(1, Math.min(3_000, Math.floor(2e8 / size)) / (quick ? 20 : 1))
      return { args: [String(size), String(Math.ceil(times))], count: Math.ceil(times), unit: 'messages' }
    },
    contenders: () => ({
      'simple-ipc': script('large', 'rpc.mjs'),
      'fork (json)': script('large', 'fork.mjs'),
    }),
  },
  children: {
    title: 'time a call, C children',
    x: 'children at work',
    unit: 'calls',
    sizes: [1, 4, 16, 64],
    input(size, quick) {
      const count = quick ? 6_400 : 96_000
      return { args: [String(count), String(size)], count, unit: 'calls' }
    },
    contenders: () => ({ 'simple-ipc': { script: script('growth', 'children.mjs'), env: toC() } }),
  },
  'open streams': {
    title: 'time an item, Node child',
    x: 'streams open at once',
    unit: 'items',
    sizes: [1, 4, 16, 64, 256],
    input(size, quick) {
      const count = quick ? 25_600 : 256_000
      return { args: [String(count), String(size)], count, unit: 'items' }
    },
    contenders: () => ({ 'simple-ipc': script('growth', 'streams.mjs') }),
  },
}

/** Units of work in one run: kilobytes are not what contenders count. @param {Curve} curve @param {number} size @param {number} count */
export const unitsOf = ({ unit }, size, count) => (unit === 'kilobytes' ? (count * size) / 1000 : count)
