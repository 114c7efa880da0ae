import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { runtimeFolder } from './names/facts.js'

/**
 * The folders of the runtime, low to high, with those that each may import from. The modules beside them import none of
 * the others, and everything may import them. Imports inside functions and for type checkers only count as well.
 */
const layers: Readonly<Record<string, readonly string[]>> = {
  values: [],
  wire: ['values'],
  contract: ['values', 'wire'],
  calls: ['values', 'wire', 'contract'],
  peer: ['values', 'wire', 'contract', 'calls'],
  child: ['values', 'wire', 'contract', 'calls', 'peer'],
  process: ['wire'],
  host: ['values', 'wire', 'contract', 'calls', 'peer', 'process'],
}

/** The texts of modules by their names, in which a package is called as its folder. */
type Modules = ReadonlyMap<string, string>

const root = path.join(import.meta.dirname, 'runtime', runtimeFolder)
const runtime: Modules = new Map(
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.py'))
    .map(file => [
      file.replace(/\.py$/, '').replaceAll(path.sep, '.'),
      readFileSync(path.join(root, file), 'utf8'),
    ]),
)

/** The modules that one imports. Ours are imported relatively: they cannot know what they are in. */
function importsOf(name: string, modules: Modules): string[] {
  const found = (modules.get(name) ?? '').matchAll(
    /^[ \t]*from (\.+)([\w.]*) import (?:\(([^)]*)\)|([^\n(]*))/gm,
  )
  return [...found].flatMap(([, dots = '', module = '', long, short = '']) => {
    const folder = name.split('.').slice(0, -dots.length)
    const source = [...folder, ...module.split('.').filter(part => part !== '')].join('.')
    const inside = (long ?? short)
      .split(',')
      .map(part => `${source === '' ? '' : `${source}.`}${part.trim().split(' ')[0] ?? ''}`)
      .filter(part => modules.has(part) || modules.has(`${part}.__init__`))
    return inside.length > 0 ? inside : [source]
  })
}

/** The folder of a module, or its own name where it is beside the folders. */
const layerOf = (name: string): string => name.split('.')[0] ?? ''

/** The imports that break the order. */
function violations(modules: Modules): string[] {
  return [...modules.keys()]
    .filter(name => name !== '__init__')
    .flatMap(name => {
      const from = layerOf(name)
      return importsOf(name, modules)
        .filter(imported => {
          const to = layerOf(imported)
          const isLow = !(to in layers) && to !== ''
          return from in layers ? to !== from && !isLow && layers[from]?.includes(to) !== true : true
        })
        .map(imported => `${name} imports ${imported}`)
    })
}

/** Modules that import each other, directly or through others. */
function cycles(modules: Modules): string[] {
  const imports = new Map(
    [...modules.keys()].filter(name => name !== '__init__').map(name => [name, importsOf(name, modules)]),
  )
  const reachable = (start: string): Set<string> => {
    const found = new Set<string>()
    const next = [...(imports.get(start) ?? [])]
    for (let name = next.pop(); name !== undefined; name = next.pop())
      if (!found.has(name)) {
        found.add(name)
        next.push(...(imports.get(name) ?? []))
      }
    return found
  }
  return [...imports.keys()].filter(name => reachable(name).has(name)).sort()
}

describe('the modules of the Python runtime', () => {
  it('are all in folders of the list, but for those that use none of the others', () => {
    const beside = [...runtime.keys()].filter(name => !name.includes('.')).sort()
    expect(beside).toEqual(['__init__', 'durations', 'errors', 'printable', 'raised', 'report', 'version'])
    const folders = new Set([...runtime.keys()].filter(name => name.includes('.')).map(layerOf))
    expect([...folders].sort()).toEqual(Object.keys(layers).sort())
  })

  it('import in one direction only', () => {
    expect(violations(runtime)).toEqual([])
  })

  it('do not import each other in a circle', () => {
    expect(cycles(runtime)).toEqual([])
    const planted = new Map(runtime)
      .set('peer.caller', 'if TYPE_CHECKING:\n    from .link import Link')
      .set('peer.link', 'if TYPE_CHECKING:\n    from .caller import Caller')
    expect(cycles(planted)).toEqual(['peer.caller', 'peer.link'])
  })

  it('have at most 250 lines', () => {
    const long = [...runtime].filter(([, text]) => text.trimEnd().split('\n').length > 250)
    expect(long.map(([name]) => name)).toEqual([])
  })

  it.each([
    ['values.kinds', 'from ..wire.messages import Message', 'values.kinds imports wire.messages'],
    ['wire.lines', 'def f() -> None:\n    from .. import host', 'wire.lines imports host'],
    [
      'peer.link',
      'if TYPE_CHECKING:\n    from ..host import (\n        session,\n        queues as q,\n    )',
      'peer.link imports host.session',
    ],
    ['peer.link', 'from ..host import (\n    session,\n    queues as q,\n)', 'peer.link imports host.queues'],
    ['child.output', 'from ..process.program import Program', 'child.output imports process.program'],
    ['errors', 'from .version import VERSION', 'errors imports version'],
    ['values.kinds', 'from .. import VERSION', 'values.kinds imports '],
  ])('are told apart from one in which %s has an import that it may not have', (name, line, expected) => {
    const planted = new Map(runtime).set(name, `${runtime.get(name) ?? ''}\n${line}\n`)
    expect(violations(planted)).toContain(expected)
  })
})
