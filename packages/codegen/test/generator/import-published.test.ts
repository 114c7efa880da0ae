import { readFileSync } from 'node:fs'
import path from 'node:path'
import { checkValue } from '@simple-ipc/rpc'
import { describe, expect, it } from 'vitest'
import { generate, languages } from '../../src/generate/generate.js'
import { Exceptions, readExceptions } from '../../src/import/base/exceptions.js'
import { importJsonSchema } from '../../src/import/json-schema/import-json-schema.js'
import { resolveExceptions } from '../../src/import/resolve-exceptions.js'
import { repository } from '../support/paths.js'

const text = (name: string): string =>
  readFileSync(path.join(repository, 'packages/codegen/test/data/agent-client-protocol', name), 'utf8')

describe('the Agent Client Protocol, as it is published', () => {
  const exceptions = new Exceptions(readExceptions(text('exceptions.json'), 'exceptions.json'))
  const document = JSON.parse(text('schema.json')) as { $defs: object }
  const imported = importJsonSchema(document, { name: 'acp', exceptions })
  const { json, notes } = resolveExceptions(imported, exceptions, 'schema.json')

  it('becomes a contract with every type', () => {
    for (const name of Object.keys(document.$defs)) expect(json.types, name).toHaveProperty(name)
    expect(Object.keys(json.types)).toHaveLength(179)
  })

  it('needs two exceptions, and these', () => {
    expect(exceptions.all).toHaveLength(2)
    expect(notes.filter(({ message }) => message.includes('does not need'))).toEqual([])
  })

  it('has what a program answers that speaks it', () => {
    const answers = JSON.parse(text('answers.json')) as { type: string; value: unknown }[]
    expect(answers.length).toBeGreaterThan(3)
    for (const { type, value } of answers)
      expect([type, checkValue(json.types[type] ?? { const: 'unknown' }, json.types, value)]).toEqual([
        type,
        undefined,
      ])
    // And nothing else: each is no answer without what it must have.
    for (const type of ['InitializeResponse', 'NewSessionResponse', 'SessionNotification'])
      expect(checkValue(json.types[type] ?? {}, json.types, {})).toBeDefined()
  })

  it.each(languages)('is generated in %s', language => {
    const files = generate(json, language, undefined, { importPath: 'example.com/acp' })
    expect(files.map(file => file.text).join('\n')).toContain('NewSessionResponse')
  })
})
