// @ts-check
import path from 'node:path'
import { buildC } from '../build-c.mjs'
import { Absent } from '../define-suite.mjs'
import { inLanguages } from '../programs.mjs'
import { languages } from './languages.mjs'

const here = import.meta.dirname

/** Generated children, each beside a bare loop in its language. */
/** @type {import('../define-suite.mjs').Suite} */
export const children = {
  title: '64 calls in flight, generated children and bare loops in their languages',
  prepare(quick) {
    const count = quick ? 20_000 : 100_000
    return { args: [String(count), '64'], count, unit: 'calls' }
  },
  contenders() {
    const loader = load()
    return inLanguages(languages, here, 'children', (name, { bare, generated }) => ({
      [`${name} bare`]: loaded(loader, bare),
      [`${name} generated`]: loaded(loader, generated),
    }))
  },
  goals: Object.keys(languages).map(name => ({
    of: `${name} generated`,
    over: `${name} bare`,
    atLeast: 0.7,
  })),
}

/** The program that makes the calls. In C, so that it is not the host that is measured. */
function load() {
  try {
    return [buildC(path.join(here, 'load.c'))]
  } catch (error) {
    if (!(error instanceof Absent)) throw error
    console.log(`\nchildren: Node makes the calls, and is part of every figure; there is no ${error.message}`)
    return [process.execPath, path.join(here, 'load.mjs')]
  }
}

/** @param {readonly string[]} loader @param {readonly string[]} command @returns {import('../define-suite.mjs').Contender} */
const loaded = (loader, command) => ({
  command: [...loader, ...command.slice(0, -1)],
  script: command.at(-1) ?? '',
})
