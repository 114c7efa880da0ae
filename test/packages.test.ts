import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'

// What a registry shows of each package, where nothing of the repository is beside it.
const root = path.join(import.meta.dirname, '..')
const repository = 'https://github.com/simple-ipc/simple-ipc'
const packages = readdirSync(path.join(root, 'packages')).filter(name =>
  existsSync(path.join(root, 'packages', name, 'package.json')),
)
const read = (...file: string[]): string => readFileSync(path.join(root, ...file), 'utf8')

/** The targets of the links and pictures of a Markdown text. */
const linksOf = (text: string): string[] =>
  Array.from(text.replaceAll(/^```[^]*?^```$/gm, '').matchAll(/\]\(([^)\s]+)\)/g), ([, to = '']) => to)

describe.each(packages)('the package %s', name => {
  const folder = path.join('packages', name)
  const manifest = JSON.parse(read(folder, 'package.json')) as Record<string, unknown>

  it('says where it comes from and what it is about', () => {
    expect(manifest).toMatchObject({
      license: 'MIT',
      description: expect.stringMatching(/.{20}/) as string,
      homepage: `${repository}/tree/main/packages/${name}#readme`,
      repository: { type: 'git', url: `git+${repository}.git`, directory: `packages/${name}` },
      bugs: { url: `${repository}/issues` },
    })
    const keywords = manifest['keywords'] as string[]
    expect(keywords.length).toBeGreaterThan(4)
    expect(new Set(keywords).size).toBe(keywords.length)
  })

  it('links to nothing that is beside it in the repository only, and to nothing that is not there', () => {
    const links = linksOf(read(folder, 'README.md'))
    expect(links.filter(link => !link.startsWith('#') && !link.startsWith('https://'))).toEqual([])
    const inside = links
      .filter(link => link.startsWith(`${repository}/`))
      .map(link => link.replace(/#.*/, '').slice(repository.length + 1))
    expect(inside.length).toBeGreaterThan(0)
    for (const link of inside) {
      const [, kind, file = ''] = /^(blob|tree)\/main\/(.+)$/.exec(link) ?? []
      expect(kind, link).toBeDefined()
      expect(existsSync(path.join(root, file)), link).toBe(true)
    }
  })
})

it('the README of the project links to files that are there', () => {
  const links = linksOf(read('README.md')).filter(link => !/^(?:#|https:)/.test(link))
  expect(links.length).toBeGreaterThan(5)
  for (const link of links) expect(existsSync(path.join(root, link.replace(/#.*/, ''))), link).toBe(true)
})

it('no README promises a language for which nothing is generated', () => {
  const readmes = ['README.md', ...packages.map(name => path.join('packages', name, 'README.md'))]
  for (const readme of readmes)
    expect(read(readme), readme).not.toMatch(/\bRust\b|\bJava\b|C\+\+|C#|\bKotlin\b/)
})
