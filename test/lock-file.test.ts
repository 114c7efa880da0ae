import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const lockFile = readFileSync(path.join(import.meta.dirname, '..', 'package-lock.json'), 'utf8')

test('the lock file pins by version and checksum and records no registry address', () => {
  expect(lockFile).not.toMatch(/https?:\/\/[^"]*\.tgz/)
  const { packages } = JSON.parse(lockFile) as {
    packages: Record<string, { integrity?: string; link?: boolean }>
  }
  const foreign = Object.entries(packages).filter(
    ([name, { link }]) => name.includes('node_modules/') && link !== true,
  )
  expect(foreign.length).toBeGreaterThan(50)
  expect(foreign.filter(([, { integrity }]) => integrity === undefined).map(([name]) => name)).toEqual([])
})
