// Go's compiler refuses circles of packages; that each imports only those that internal/ipc/doc.go lists before it, this
// file checks.
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { runtimeFiles } from './runtime-files.js'

const files = runtimeFiles('simpleipc', '0.0.0')
const documentation = files.find(file => file.path === 'internal/ipc/doc.go')?.text ?? ''
const order = [...documentation.matchAll(/^\/\/\t(\S+) {2,}\S/gm)].map(([, name = '']) =>
  path.posix.join('internal/ipc', name),
)

/** What a file imports of the runtime, by folders. */
const importsOf = (text: string): string[] =>
  [...text.matchAll(/^(?:import )?\s*(?:[\w.]+ )?"simpleipc\/([^"]+)"$/gm)].map(([, folder = '']) => folder)

it("the order of the Go runtime's packages names each of them, and nothing else", () => {
  const folders = new Set(files.map(file => path.posix.dirname(file.path)))
  folders.delete('internal/ipc')
  expect([...order].sort()).toEqual([...folders].sort())
})

describe.each(order.map((folder, i) => ({ folder, before: order.slice(0, i) })))(
  'package $folder',
  ({ folder, before }) => {
    it('imports only packages before it', () => {
      const mine = files.filter(file => path.posix.dirname(file.path) === folder)
      expect(mine.flatMap(({ text }) => importsOf(text)).filter(name => !before.includes(name))).toEqual([])
    })
  },
)

it('sources are read where they are: the imports that are found are many', () => {
  expect(files.flatMap(({ text }) => importsOf(text)).length).toBeGreaterThan(60)
})
