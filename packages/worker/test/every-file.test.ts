import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

test('each file here makes sure that it leaves nothing', () => {
  for (const file of readdirSync(import.meta.dirname).filter(name => name.endsWith('.test.ts')))
    if (!import.meta.filename.endsWith(file))
      expect(readFileSync(`${import.meta.dirname}/${file}`, 'utf8'), file).toMatch(/leaves-nothing\.js'/)
})
