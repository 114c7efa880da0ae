import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { reports } from '../bench/report/write.mjs'

test('the page of results, its pictures and the table in the README show the kept results', async () => {
  const texts = await reports()
  expect(texts.size).toBe(4)
  for (const [file, text] of texts)
    expect(readFileSync(file, 'utf8') === text, `${path.basename(file)}: run npm run bench -- --report`).toBe(
      true,
    )
})
