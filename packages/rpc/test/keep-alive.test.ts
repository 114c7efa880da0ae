import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'

const run = promisify(execFile)
const host = path.join(import.meta.dirname, 'fixtures', 'keeps-alive.mjs')

/** What the host printed before it ended by itself, with code 0. */
const printed = async (way: string): Promise<string[]> =>
  (await run(process.execPath, [host, way])).stdout.trim().split('\n')

describe('A client keeps its host alive', () => {
  test.each([
    ['while a call is open', 'call', 'CANCELLED'],
    ['while somebody listens, and no longer', 'listener', 'heard'],
    ['while it hears what the contract does not declare, until it is stopped', 'unknown', 'heard odd'],
    ['while its program lives, if told so by ref()', 'ref', 'still here'],
  ])('%s', async (_, way, outcome) => {
    expect(await printed(way)).toEqual(['ready', outcome])
  })
})

describe('A client lets its host end', () => {
  test.each([
    ['when nothing is open, though its program lives', 'idle'],
    ['with a call open, if told so by unref()', 'unref, then a call'],
  ])('%s', async (_, way) => {
    expect(await printed(way)).toEqual(['ready'])
  })
})
