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

test('the lock file holds the optional packages of every platform, not only of the one it was written on', () => {
  const { packages } = JSON.parse(lockFile) as {
    packages: Record<string, { optionalDependencies?: Record<string, string>; version?: string }>
  }
  const locked = new Set(
    Object.keys(packages).map(name => name.slice(name.lastIndexOf('node_modules/') + 13)),
  )
  const wanted = Object.values(packages).flatMap(({ optionalDependencies = {} }) =>
    Object.keys(optionalDependencies),
  )
  expect(wanted.length).toBeGreaterThan(20)
  // If some are missing: remove node_modules and package-lock.json, then `npm install`.
  expect(wanted.filter(name => !locked.has(name))).toEqual([])
})
