import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { fixture } from './fixture.js'
import './leaves-nothing.js'

it('the stack of a question that fails names who asked, with file and line', async () => {
  const [program, ...args] = fixture('asks-in-vain')
  const { stdout } = await promisify(execFile)(program, args)
  const stacks = JSON.parse(stdout) as Record<string, string>
  expect(Object.keys(stacks)).toHaveLength(7)
  const missing = Object.entries(stacks).filter(([name, stack]) => {
    const frame = new RegExp(
      `\\n +at (?:async )?(?:\\w+\\.)*${name} \\(file://.*/asks-in-vain\\.mjs:\\d+:\\d+\\)`,
    )
    return !frame.test(stack)
  })
  expect(Object.fromEntries(missing)).toEqual({})
})
