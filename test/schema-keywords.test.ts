import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'

// A keyword of schemas is known to many places. Those in which each has to be named are listed in CONTRIBUTING.md, as a
// checklist for adding one; this holds the list and the places together.
const root = path.join(import.meta.dirname, '..')
const read = (file: string): Promise<string> => readFile(path.join(root, file), 'utf8')

const guide = await read('CONTRIBUTING.md')
const checklist = guide.slice(guide.indexOf('### A schema keyword'), guide.indexOf('## How we write'))
const places = [...checklist.matchAll(/^\d+\. `([^`]+)`/gm)].map(([, place = '']) => place)

/** The keywords that constrain a value, as the interface of schemas has them: those that say what a value must be. */
const members = [
  ...(await read('packages/rpc/src/schema/plain-schema.ts')).matchAll(/^ {2}'?([\w-]+)'?\?: /gm),
].map(([, name = '']) => name)
const rules = [...(await read('docs/validation.md')).matchAll(/^\| `(\w+)` /gm)].map(([, rule = '']) => rule)
const keywords = members.filter(name => rules.includes(name))

/** The text of a file, or of the files of a folder, without their tests. */
async function textOf(place: string): Promise<string> {
  if ((await stat(path.join(root, place))).isFile()) return read(place)
  const files = (await readdir(path.join(root, place))).filter(
    name => name.endsWith('.ts') && !name.includes('.test'),
  )
  return (await Promise.all(files.map(name => read(path.posix.join(place, name))))).join('\n')
}

test('the checklist has its places, and the schemas their keywords', () => {
  expect(places.length).toBeGreaterThan(5)
  expect(keywords).toEqual(expect.arrayContaining(['const', 'minLength', 'format', 'uniqueItems', 'maximum']))
})

test.each(places)('%s names every keyword that constrains a value', async place => {
  const words = new Set((await textOf(place)).match(/[A-Za-z]+/g))
  expect(keywords.filter(name => !words.has(name))).toEqual([])
})
