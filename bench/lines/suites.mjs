// @ts-check
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pythonPackage } from './python-package.mjs'

const here = import.meta.dirname
const script = (/** @type {string} */ name) => path.join(here, name)

/** Lines in: a program writes lines of 60 bytes, the host looks at each. */
/** @type {import('../define-suite.mjs').Suite} */
export const lines = {
  title: 'lines of 60 bytes from cat',
  prepare(quick) {
    const count = quick ? 300_000 : 3_000_000
    const file = path.join(here, '..', 'build', `lines-${count}.txt`)
    if (!existsSync(file)) {
      mkdirSync(path.dirname(file), { recursive: true })
      // 59 characters and the line feed, no two lines alike.
      const text = Array.from({ length: count }, (_, index) => `${index} `.padEnd(59, 'abcdefghij')).join(
        '\n',
      )
      writeFileSync(`${file}.part`, `${text}\n`)
      renameSync(`${file}.part`, file)
    }
    return { args: [file, String(count)], count, unit: 'lines' }
  },
  contenders() {
    const python = pythonPackage()
    return {
      'Worker callback': script('worker-callback.mjs'),
      'bare split': script('bare-split.mjs'),
      'readline event': script('readline-event.mjs'),
      'Worker for await': script('worker-for-await.mjs'),
      'readline for await': script('readline-for-await.mjs'),
      execa: script('execa.mjs'),
      ...(python === undefined
        ? {}
        : {
            'Python package': {
              script: script('python_package.py'),
              command: ['python3'],
              env: { PYTHONPATH: python },
            },
          }),
    }
  },
  goals: [
    { of: 'Worker callback', over: 'bare split', atLeast: 0.9 },
    { of: 'Worker callback', over: 'readline event', atLeast: 1.7 },
    { of: 'Worker for await', over: 'readline for await', atLeast: 1 },
    { of: 'Worker for await', over: 'execa', atLeast: 1 },
    { of: 'Worker callback', over: 'Python package', atLeast: 1 },
  ],
}
