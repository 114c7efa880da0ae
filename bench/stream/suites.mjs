// @ts-check
import path from 'node:path'
import { withChild } from '../child-command.mjs'
import { inLanguages, languages } from '../programs.mjs'

const folder = (/** @type {string} */ name) => path.join(import.meta.dirname, '..', name)

/** @param {boolean} quick */
function prepare(quick) {
  const count = quick ? 100_000 : 1_000_000
  return { args: [String(count)], count, unit: 'items' }
}

/** @param {string} name of a folder with the two hosts @param {string} what @returns {import('../define-suite.mjs').Suite} */
const toNode = (name, what) => ({
  title: `${what}, credit on, Node child`,
  prepare,
  contenders: {
    'simple-ipc': path.join(folder(name), 'rpc.mjs'),
    'bare loop': path.join(folder(name), 'bare.mjs'),
  },
  goals: [{ of: 'simple-ipc', over: 'bare loop', atLeast: 0.9 }],
})

/** @param {string} name @param {string} what @returns {import('../define-suite.mjs').Suite} */
const toOthers = (name, what) => ({
  title: `${what}, generated children and bare loops in their languages`,
  rounds: 5,
  prepare,
  contenders: () =>
    inLanguages(languages, folder(name), name, (language, { bare, generated }) => ({
      [`${language} bare`]: { script: path.join(folder(name), 'bare.mjs'), env: withChild(bare) },
      [`${language} generated`]: { script: path.join(folder(name), 'rpc.mjs'), env: withChild(generated) },
    })),
  goals: Object.keys(languages).map(language => ({
    of: `${language} generated`,
    over: `${language} bare`,
    atLeast: 1,
  })),
})

/** @type {Readonly<Record<string, import('../define-suite.mjs').Suite>>} */
export const streamSuites = {
  stream: toNode('stream', 'a stream of small items'),
  'stream-children': toOthers('stream', 'a stream of small items'),
}
