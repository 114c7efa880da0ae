import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contract } from '../cases/conversation.js'
import { repository } from '../support/paths.js'
import { Driver, type Settings } from './driver.js'
import type { Pair } from './row.js'
import { rows, themes } from './rows.js'
import { languagesOf, prepareLanguages, type Language } from '../support/languages.js'

const languages = languagesOf('conversation')
let folder = ''
let folderOf: (language: Language) => string = () => ''
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'simple-ipc-'))
  folderOf = prepareLanguages(languages, folder, contract)
}, 300_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const children = languages.filter(({ hostOnly }) => hostOnly !== true)
const pairs = languages
  .filter(({ host }) => host !== undefined)
  .flatMap(host =>
    children.map(child => ({ host, child, title: `${host.title} host, ${child.title} child` })),
  )

/** Both programs, started. */
async function start(
  { host, child }: Pick<Pair, 'host' | 'child'>,
  before: readonly string[] = [],
  settings: Settings = {},
): Promise<Pair> {
  const [program, ...args] = before
  const between =
    program === undefined ? [] : [process.execPath, path.join(import.meta.dirname, program), ...args]
  const separator = program === 'other-version.mjs' ? ['--'] : []
  const command = host.host?.(folderOf(host)) ?? []
  const driver = new Driver(command, [...between, ...separator, ...child.child(folderOf(child))], settings)
  return { host, child, driver, pid: await driver.start() }
}

/** Ends what a row left behind. */
async function end({ driver, pid }: Pair): Promise<void> {
  driver.process.kill('SIGKILL')
  await driver.exited
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // gone, as it should be
  }
}

for (const { host, child, title } of pairs)
  describe(title, () => {
    const played: string[] = []
    let shared: Pair | undefined
    const session = async (): Promise<Pair> => {
      if (shared?.driver.ended === true) shared = undefined
      return (shared ??= await start({ host, child }))
    }
    const available = host.available && child.available

    describe.skipIf(!available)('shared', () => {
      for (const row of rows.filter(row => !row.alone))
        it(row.title, async () => {
          await row.play(await session())
          played.push(row.title)
        })

      it('the end: the shared session stops as it should, with nothing in flight', async () => {
        expect(await (await session()).driver.stop()).toEqual({ code: 0, signal: null })
        expect(await (await session()).driver.end()).toBe(0)
      })
      afterAll(async () => {
        if (shared !== undefined) await end(shared)
      })
    })

    describe.skipIf(!available)('alone', () => {
      const open = new Set<Pair>()
      for (const row of rows.filter(row => row.alone))
        it.concurrent(row.title, async () => {
          const pair = await start({ host, child }, row.through, row.settings)
          open.add(pair)
          await row.play(pair)
          played.push(row.title)
        })
      afterAll(() => Promise.all([...open].map(end)))
    })

    it.skipIf(!available)('played every row of the table', () => {
      expect([...played].sort()).toEqual(rows.map(({ title }) => title).sort())
    })
  })

describe('the table', () => {
  it('is played by every pair of languages', () => {
    const hosts = languages.filter(({ host }) => host !== undefined).length
    expect(pairs).toHaveLength(hosts * children.length)
  })

  it('is listed in docs/conformance.md, row for row', () => {
    const file = path.join(repository, 'docs', 'conformance.md')
    const listed: Record<string, string[]> = {}
    let heading = ''
    for (const line of readFileSync(file, 'utf8').split('\n')) {
      if (line.startsWith('## ')) heading = line.slice(3)
      if (line.startsWith('- ')) (listed[heading] ??= []).push(line.slice(2))
    }
    const expected = Object.entries(themes).map(([theme, of]) => [theme, of.map(({ title }) => title)])
    expect(listed).toEqual(Object.fromEntries(expected))
  })

  it('has no row twice', () => {
    expect(new Set(rows.map(({ title }) => title)).size).toBe(rows.length)
  })
})
