import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkImportPath, importPathOf } from './import-path.js'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'simple-ipc-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Writes files, below the folder, and gives the import path of another folder. */
function pathOf(files: Record<string, string>, below: string): string {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true })
    writeFileSync(path.join(folder, file), text)
  }
  return importPathOf(path.join(folder, below))
}

describe('the import path of a folder', () => {
  it.each([
    ['module example.com/app\n\ngo 1.22\n'],
    ['// module no\n\nmodule   example.com/app // yes\n'],
    ['module "example.com/app"\r\ngo 1.22\r\n'],
    ['module (\n\t// the path\n\t"example.com/app" // here\n)\n'],
    ['go 1.22\nmodule\texample.com/app'],
  ])('is read from %j', text => {
    expect(pathOf({ 'go.mod': text }, 'a/generated')).toBe('example.com/app/a/generated')
  })

  it("is the module's in the module's own folder, and that of the nearest of nested modules", () => {
    const files = {
      'go.mod': 'module outer\n',
      'tools/go.mod': 'module example.com/tools\n',
      'go.work': 'go 1.22\n',
    }
    expect(pathOf(files, '')).toBe('outer')
    expect(pathOf(files, 'tools')).toBe('example.com/tools')
    expect(pathOf(files, 'tools/x/../gen')).toBe('example.com/tools/gen')
    expect(pathOf(files, 'toolsgen')).toBe('outer/toolsgen')
  })

  it('is seen past a folder called go.mod, which Go does not look at', () => {
    mkdirSync(path.join(folder, 'a', 'go.mod'), { recursive: true })
    expect(pathOf({ 'go.mod': 'module m\n' }, 'a')).toBe('m/a')
  })

  it('is missing where there is no go.mod: then it is said what to do', () => {
    expect(() => pathOf({}, 'a')).toThrow(
      /There is no go\.mod in .*a or above it.*run `go mod init <module path>`.*pass --go-import <import path of /,
    )
  })

  it('is not guessed where go.mod does not say it', () => {
    expect(() => pathOf({ 'go.mod': 'go 1.22\n// module x\n' }, 'a')).toThrow(
      /go\.mod has no line 'module <path>'; `go mod init` writes one/,
    )
  })

  it.each([
    ['my code', /Go cannot import 'm\/my code': .* no ' '; write to another folder than .*my code/],
    ['größe', /no 'ö'/],
    ['a./b', /the part 'a\.' ends with a dot/],
  ])('is refused where Go could not import %s', (below, message) => {
    expect(() => pathOf({ 'go.mod': 'module m\n' }, below)).toThrow(message)
  })
})

it('an import path that is given is taken if Go would take it', () => {
  expect(checkImportPath('example.com/app-1/~x_y+z')).toBe('example.com/app-1/~x_y+z')
  for (const wrong of ['', '/a', 'a/', 'a//b', 'a b', 'a\\b', './a.'])
    expect(() => checkImportPath(wrong)).toThrow(`'${wrong}' is not a valid Go import path: `)
})
