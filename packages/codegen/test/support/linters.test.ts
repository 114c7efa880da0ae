import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { lint, type Linter } from './linters.js'
import { memoryOf, PassedBefore } from './passed-before.js'

// A tool that counts its runs, and is content unless a file says 'bad'.
const tool = `
const { appendFileSync, readFileSync, readdirSync } = require('node:fs')
appendFileSync(process.argv[1] + '.runs', '.')
const bad = readdirSync('.').filter(file => readFileSync(file, 'utf8').includes('bad'))
process.stdout.write(bad.join(' '))
process.exitCode = bad.length
`
let root = ''
let version = '1.0.0'
const at = (...parts: string[]): string => path.join(root, ...parts)

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'simple-ipc-'))
  mkdirSync(at('files'))
  writeFileSync(at('tool.cjs'), tool)
  writeFileSync(at('tool.cjs.runs'), '')
  writeFileSync(at('files', 'one.txt'), 'good')
  writeFileSync(at('files', 'tool.json'), '{}')
  version = '1.0.0'
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function ask(
  args: string[] = [],
  env = {},
  passed: PassedBefore | null = new PassedBefore(at('passed')),
): string {
  const linter: Linter = { command: [process.execPath, at('tool.cjs')], version: () => version }
  return lint(linter, args, at('files'), env, passed)
}
const runs = (): number => readFileSync(at('tool.cjs.runs'), 'utf8').length

it('asks a linter once while nothing changes', () => {
  expect([ask(), ask(), ask()]).toEqual(['', '', ''])
  expect(runs()).toBe(1)
})

it.each<[string, () => unknown]>([
  ['a byte of a file', () => writeFileSync(at('files', 'one.txt'), 'Good')],
  ["a file's name", () => writeFileSync(at('files', 'two.txt'), 'good')],
  ["the tool's version", () => (version = '1.0.1')],
  ['the configuration', () => writeFileSync(at('files', 'tool.json'), '{ "strict": true }')],
])('asks again when %s changes', (_, change) => {
  ask()
  change()
  ask()
  expect(runs()).toBe(2)
})

it('asks again with other arguments, and for another system', () => {
  ask()
  ask(['--strict'])
  ask([], { GOOS: 'windows' })
  expect(runs()).toBe(3)
})

it('remembers no complaint', () => {
  writeFileSync(at('files', 'two.txt'), 'bad')
  expect([ask(), ask()]).toEqual(['two.txt', 'two.txt'])
  expect(runs()).toBe(2)
})

it('takes a damaged memory for none', () => {
  ask()
  for (const file of readdirSync(at('passed'))) writeFileSync(at('passed', file), 'passed')
  ask()
  expect(runs()).toBe(2)
  rmSync(at('passed'), { recursive: true })
  writeFileSync(at('passed'), 'no folder at all')
  expect(() => ask()).not.toThrow()
  expect(runs()).toBe(3)
})

it('remembers nothing in continuous integration, and reads nothing', () => {
  expect(memoryOf({ CI: 'true' })).toBeNull()
  expect(memoryOf({})).toBeInstanceOf(PassedBefore)
  ask()
  ask([], {}, null)
  ask([], {}, null)
  expect(runs()).toBe(3)
})

it('remembers what was asked for last, and not without end', () => {
  const passed = new PassedBefore(at('passed'), 10)
  for (let i = 1; i <= 35; i++) passed.add(`key${i}`)
  expect(readdirSync(at('passed')).length).toBeLessThan(11)
  expect(passed.has('key35')).toBe(true)
})
