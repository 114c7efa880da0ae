// The child of the conversation table: test/cases/conversation.ts in TypeScript.
import { spawnSync } from 'node:child_process'
import { writeSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import {
  CountHaltedError,
  FailBareError,
  FailDeclaredError,
  NumbersTooManyError,
  serveConversation,
} from '../golden/conversation/typescript/conversation.js'

const told: string[] = []
let counted = 0

const host = serveConversation({
  add: ([a, b]) => a + b,
  echo: ({ text }) => text,
  nothing: () => undefined,
  fail: ({ how }) => {
    if (how === 'declared') throw new FailDeclaredError({ value: 1.5 }, 'as declared')
    if (how === 'bare') throw new FailBareError()
    if (how === 'crash') throw new RangeError('crashed on purpose')
    return 2 ** 60
  },
  async *count({ to, size = 0, failAt }, { progress, signal }) {
    try {
      for (let n = 0; n < to; n++) {
        if (n === failAt) throw new CountHaltedError({ value: n }, 'halted')
        if (n % 100 === 0) progress(n)
        counted++
        yield { n, fill: 'x'.repeat(size) }
      }
    } finally {
      logEnd('count', signal)
    }
    return await Promise.resolve(to)
  },
  counted: () => counted,
  fill: ({ size }) => 'x'.repeat(size),
  slow: async ({ seconds }, { signal }) => {
    await setTimeout(seconds * 1000, undefined, { signal }).catch(() => undefined)
    logEnd('slow', signal)
    return false
  },
  nest: async ({ depth }, { peer }) => (depth === 0 ? 0 : 1 + (await peer.nest({ depth: depth - 1 }))),
  later: async ({ value }) => {
    await setTimeout(10)
    return value * 2
  },
  async *laterCount({ to }) {
    for (let n = 0; n < to; n++) {
      if (n % 50 === 0) await setTimeout(0)
      yield n
    }
    return to
  },
  noise: () => {
    console.log('{"jsonrpc":"2.0","id":1,"result":"from print"}')
    spawnSync(process.execPath, ['-e', 'console.log("from a subprocess")'], { stdio: 'inherit' })
    writeSync(1, 'from below\n')
  },
  say: ({ text }) => {
    writeSync(1, `${text}\n`)
  },
  stubborn: async ({ seconds, deaf }) => {
    if (deaf) process.on('SIGTERM', () => undefined)
    writeSync(2, 'stubborn\n')
    await setTimeout(seconds * 1000)
    return true
  },
  quit: ({ code, text }) => {
    writeSync(2, `${text}\n`)
    process.exit(code)
  },
  told: () => told,
  sum: async ({ to }, { peer }) => {
    const numbers = peer.numbers({ to })
    if (to < 0) {
      const error: unknown = await numbers.result.catch((thrown: unknown) => thrown)
      if (error instanceof NumbersTooManyError) return error.data.value
      throw error
    }
    let total = 0
    for await (const n of numbers) total += n
    return total + (await numbers.result)
  },
  tell: ({ text }) => void told.push(text),
  tellAndReport: ({ text }) => void told.push(text),
})

function logEnd(method: string, { aborted }: AbortSignal): void {
  host.log({ text: `${method} ended, cancelled ${String(aborted)}` })
}
