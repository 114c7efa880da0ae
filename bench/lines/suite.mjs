// @ts-check
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const here = import.meta.dirname
const script = (/** @type {string} */ name) => path.join(here, name)

/** Lines in: a program writes lines of 60 bytes, the host looks at each. */
/** @type {import('../suite.mjs').Suite} */
export const lines = {
  title: 'lines of 60 bytes from cat',
  prepare(quick) {
    const count = quick ? 1_000_000 : 3_000_000
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
    return { args: [file], count, unit: 'lines' }
  },
  contenders: {
    'Worker callback': script('worker-callback.mjs'),
    'readline event': script('readline-event.mjs'),
    'Worker for await': script('worker-for-await.mjs'),
    'readline for await': script('readline-for-await.mjs'),
    'bare split': script('bare-split.mjs'),
  },
  ratios: [
    { of: 'Worker callback', over: 'readline event', atMost: 0.6 },
    { of: 'Worker for await', over: 'readline for await', atMost: 0.8 },
    { of: 'Worker callback', over: 'bare split', atMost: 1 / 0.9 },
  ],
}
