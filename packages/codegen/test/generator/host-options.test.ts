import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { inPackage } from '../support/paths.js'

// The README's table of a generated host's options is the one place that has them for every language; each language's
// own declaration has to agree with it.
const readme = readFileSync(inPackage('README.md'), 'utf8')
const section = /\n## Options of a generated host\n(.*?)\n## /s.exec(readme)?.[1] ?? ''
const [head = [], , ...rows] = [...section.matchAll(/^\|(.*)\|$/gm)].map(([, cells = '']) =>
  cells.split(' | ').map(cell => cell.trim()),
)
const column = (title: RegExp): number => head.findIndex(cell => title.test(cell))
const defaults = column(/^default$/)

/** The names in a column, each with the default of its row. */
const named = (title: RegExp): Map<string, string> =>
  new Map(
    rows.flatMap(row =>
      [...(row[column(title)] ?? '').matchAll(/`(\w+)`/g)].map(([, name = '']): [string, string] => [
        name,
        row[defaults] ?? '',
      ]),
    ),
  )

describe("the README's table of options has, with its default, each of", () => {
  it("Python's Options, and what spawn takes beside them", () => {
    const source = readFileSync(
      inPackage('src', 'targets', 'python', 'runtime', 'simple_ipc', 'host', 'options.py'),
      'utf8',
    )
    const said: Readonly<Record<string, string>> = {
      True: 'yes',
      False: 'no',
      '1': '1',
      '2.0': '2 s',
      MAX_MESSAGE_BYTES: '64 MiB',
      MAX_QUEUED_BYTES: '64 MiB',
    }
    const fields = [...source.matchAll(/^ {4}(\w+): .+ = (.+)$/gm)]
    const table = named(/Python/)
    // Those whose types name the contract's client are parameters of the generated functions.
    const host = readFileSync(
      inPackage('test', 'golden', 'conversation', 'python', 'conversation_host.py'),
      'utf8',
    )
    const [, parameters = ''] = /^def spawn\((.*?)^\)/ms.exec(host) ?? []
    const [, keywords = ''] = parameters.split(/^ {4}\*,$/m)
    const others = [...keywords.matchAll(/^ {4}(\w+):/gm)].map(([, name = '']) => name)
    expect([...fields.map(([, name = '']) => name), ...others].sort()).toEqual(
      [...table.keys()].filter(name => name !== 'spawn').sort(),
    )
    for (const [, name = '', value = ''] of fields)
      if (said[value] !== undefined) expect([name, table.get(name)]).toEqual([name, said[value]])
  })

  it("Go's SpawnOptions", () => {
    const source = readFileSync(inPackage('src', 'targets', 'go', 'runtime', 'ipc', 'options.go'), 'utf8')
    const struct = /type SpawnOptions struct \{\n(.*?)\n\}/s.exec(source)?.[1] ?? ''
    const fields = [...struct.matchAll(/((?:^\t\/\/ .*\n)+)^\t(\w+) /gm)]
    const table = named(/Go/)
    expect(fields.map(([, , name = '']) => name).sort()).toEqual([...table.keys()].sort())
    for (const [, comment = '', name = ''] of fields) {
      const value = /Default: ([^.,]+)[.,]/.exec(comment.replace(/\n\t\/\/ /g, ' '))?.[1]
      if (value !== undefined) expect([name, table.get(name)]).toEqual([name, value])
    }
  })

  it("the client's of Node", () => {
    const page = readFileSync(inPackage('..', 'rpc', 'README.md'), 'utf8')
    for (const name of named(/Node/).keys()) expect(page).toMatch(new RegExp(`^\\| +\`${name}\` `, 'm'))
  })
})
