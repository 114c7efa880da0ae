import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { fixture } from './start-calculator.js'

const run = promisify(execFile)

describe('the stack of an error names the caller', () => {
  it('wherever the error arises, with its file and line', async () => {
    const program = fixture('fails-in-named-functions.mjs')
    const { stdout } = await run(process.execPath, [program])
    const stacks = JSON.parse(stdout) as Record<string, string>
    expect(Object.keys(stacks).length).toBeGreaterThan(30)
    const missing = Object.entries(stacks).filter(([name, stack]) => {
      const frame = new RegExp(
        `\\n +at (?:async )?(?:\\w+\\.)*${name} \\(file://.*/fails-in-named-functions\\.mjs:\\d+:\\d+\\)`,
      )
      return !frame.test(stack)
    })
    expect(Object.fromEntries(missing)).toEqual({})
  })

  const host = fixture('lets-calls-fail.mjs')

  it('in what Node prints of an error that nobody catches', async () => {
    const failed = await run(process.execPath, [host]).catch((error: unknown) => error)
    expect((failed as { stderr: string }).stderr).toMatch(
      /RpcError: One cannot divide by zero\n(?: +at (?:process\.|node:).*\n)* +at async share \(file:\/\/.*\/lets-calls-fail\.mjs:\d+:\d+\)\n/,
    )
  })

  it('and a call that nobody awaits is one unhandled rejection, a stream none', async () => {
    const { stderr } = await run(process.execPath, [host, 'forgets'])
    expect(stderr).toBe('unhandled: One cannot divide by zero\n')
  })
})
