import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { generate, languages } from '../../src/generate/generate.js'
import { cases, casesOf, skips } from '../support/cases.js'
import { inTests } from '../support/paths.js'
import { goModule } from '../support/toolchains.js'

// Written anew with UPDATE_GOLDEN=1, never where CI is set: there a missing file is a failure.
const update = process.env['UPDATE_GOLDEN'] === '1' && process.env['CI'] === undefined
const golden = inTests('golden')

/** Files of a runtime are files of the sources and need no copy. */
const runtime = /^simple_ipc\/|^__init__\.py$|^ipc\/|^internal\//

/** The contract's own files. */
const ownFiles = (name: string, language: string) => {
  const { json } = cases.find(each => each.name === name) ?? { json: undefined }
  if (json === undefined) throw new Error(`no case ${name}`)
  return generate(json, language, undefined, goModule).filter(file => !runtime.test(file.path))
}

describe.each(languages)('%s', language => {
  it.each(casesOf(language).map(({ name }) => name))(
    'of the case %s is what was read and found good',
    name => {
      for (const file of ownFiles(name, language)) {
        const target = path.join(golden, name, language, file.path)
        if (update) {
          mkdirSync(path.dirname(target), { recursive: true })
          writeFileSync(target, file.text)
        }
        expect(existsSync(target), `${target} is missing; UPDATE_GOLDEN=1 writes it`).toBe(true)
        expect(file.text).toBe(readFileSync(target, 'utf8'))
      }
    },
  )

  it('says so of what it cannot say yet', () => {
    for (const { name, json } of cases) {
      const why = skips[name]?.[language]
      if (why !== undefined) expect(() => generate(json, language, undefined, goModule)).toThrow(why)
    }
  })

  it('comes out the same twice', () => {
    for (const { json } of casesOf(language))
      expect(generate(json, language, undefined, goModule)).toEqual(
        generate(structuredClone(json), language, undefined, goModule),
      )
  })

  it.each(['first', 'last'])(
    'has all lines that it had, in their order, after a method is added %s',
    place => {
      const { json } = cases.find(({ name }) => name === 'conversation') ?? { json: undefined }
      if (json === undefined) throw new Error('no case conversation')
      const more = structuredClone(json)
      const added = {
        brandNew: {
          params: { type: 'object' as const, properties: { x: { type: 'integer' as const } } },
          result: { enum: ['a', 'b'] },
        },
      }
      more.child.methods =
        place === 'first' ? { ...added, ...more.child.methods } : { ...more.child.methods, ...added }
      const after = new Map(
        generate(more, language, undefined, goModule).map(file => [file.path, file.text.split('\n')]),
      )
      for (const file of generate(json, language, undefined, goModule))
        expect(missing(file.text.split('\n'), after.get(file.path) ?? []), file.path).toEqual([])
    },
  )
})

/** The lines that do not follow each other in `after` as they do in `before`. */
function missing(before: readonly string[], after: readonly string[]): string[] {
  let at = 0
  return before.filter(line => {
    const found = after.indexOf(line, at)
    if (found !== -1) at = found + 1
    return found === -1
  })
}

it('has no golden file of a case that is gone', () => {
  const names = new Set(cases.map(({ name }) => name))
  expect(readdirSync(golden).filter(name => !names.has(name))).toEqual([])
})
