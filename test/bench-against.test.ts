import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { compareBuilds, suitesOf, type Comparison } from '../bench/against.mjs'

const root = path.join(import.meta.dirname, '..')

test('a build is measured beside another one: ours of each, by the same names, and nothing else', async () => {
  const told: Comparison[] = []
  const options = { rounds: 1, quick: true, tell: (row: Comparison) => void told.push(row) }
  const rows = compareBuilds(await suitesOf(root), ['import', 'first'], options)
  expect(rows.map(({ suite, row }) => [suite, row])).toEqual([
    ['import', 'rpc and a contract'],
    ['first', 'simple-ipc'],
  ])
  expect(told).toEqual(rows)
  for (const { ratio, there, here } of rows)
    for (const figure of [ratio.median, there, here]) expect(figure).toBeGreaterThan(0)
}, 120_000)

test('a folder that is no checkout is refused by name', async () => {
  await expect(suitesOf(tmpdir())).rejects.toThrow(/is no checkout of this repository/)
})
