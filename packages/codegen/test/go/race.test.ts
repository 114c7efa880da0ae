// The conversation of Go's host with Go's child, both under the race detector, which ends a program with a code of its own.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { discover, serializeContract } from '@simple-ipc/rpc'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contract } from '../cases/conversation.js'
import { Driver } from '../conversation/driver.js'
import type { Pair } from '../conversation/row.js'
import { themes } from '../conversation/rows.js'
import { goWith } from '../support/languages.js'
import { hasRaceDetector } from '../support/toolchains.js'

const raced = goWith('conversation', ['-race'])
// Megabytes take half a minute under the detector, and go the ways that smaller messages go.
const rows = Object.entries(themes).flatMap(([theme, rows]) => (theme === 'Large messages' ? [] : rows))

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'simple-ipc-'))
  if (hasRaceDetector) raced.prepare(folder, serializeContract(contract), discover(contract))
}, 600_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function start(): Promise<Pair> {
  const driver = new Driver(raced.host?.(folder) ?? [], raced.child(folder))
  return { host: raced, child: raced, driver, pid: await driver.start() }
}

describe.skipIf(!hasRaceDetector)('Go races with nothing', { timeout: 120_000 }, () => {
  it('in the rows that leave their programs as they were, one after the other', async () => {
    const pair = await start()
    for (const row of rows) if (!row.alone) await row.play(pair)
    expect(await pair.driver.stop()).toEqual({ code: 0, signal: null })
    expect(await pair.driver.end()).toBe(0)
  })

  it.each(rows.filter(({ alone, through }) => alone && through === undefined))('in: $title', async row => {
    const driver = new Driver(raced.host?.(folder) ?? [], raced.child(folder), row.settings)
    const pair = { host: raced, child: raced, driver, pid: await driver.start() }
    await row.play(pair)
    // Some rows have killed the driver.
    if (!driver.ended && driver.process.signalCode === null) expect(await driver.end()).toBe(0)
  })
})
