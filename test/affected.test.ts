import path from 'node:path'
import { expect, test } from 'vitest'
import { affectedTests, allFiles } from '../scripts/affected.mjs'
import { isUnitTest } from '../scripts/unit-tests.mjs'

const files = allFiles()
const affectedBy = (...changed: string[]): string[] => [
  ...new Set(
    affectedTests(files, changed).map(file => path.posix.dirname(file).split('/').slice(0, 4).join('/')),
  ),
]

test('a change affects the tests of what lies above it', () => {
  expect(affectedBy('packages/rpc/src/dispatch/dispatcher.ts')).toEqual([
    'examples/01-plain-lines',
    'examples/02-profile-csv',
    'examples/03-language-server',
    'examples/04-mcp-server',
    'examples/05-tracing',
    'packages/codegen/test/conversation',
    'packages/codegen/test/generator',
    'packages/lsp/test',
    'packages/mcp/test',
    'packages/rpc/test',
    'test',
  ])
  expect(affectedBy('packages/codegen/src/targets/go/index.ts')).not.toContain('packages/codegen/test/python')
  expect(affectedBy('packages/codegen/src/targets/go/index.ts')).toContain('packages/codegen/test/go')
  expect(affectedBy('packages/codegen/src/naming/words.ts')).toContain('packages/codegen/test/python')
  expect(affectedBy('docs/protocol.md')).toEqual([])
})

test('every file of tests is found by a change beside it, or is run in any case', () => {
  const tests = files.filter(file => file.endsWith('.test.ts') && !isUnitTest(file))
  expect(tests.length).toBeGreaterThan(50)
  const missed = tests.filter(
    file => affectedTests([file], [path.posix.join(path.posix.dirname(file), 'other.ts')]).length === 0,
  )
  expect(missed.filter(file => !file.endsWith('.soak.test.ts'))).toEqual([])
})
