// The hosts in Python of the README run as they stand, with the child of its five minutes, and print what it says.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { inPackage } from '../support/paths.js'
import { Scratch } from '../support/scratch.js'
import { complaints, hasPythonTools, mypy, python } from '../support/toolchains.js'

const readme = readFileSync(inPackage('README.md'), 'utf8')
const child = /```python\n(from __future__[^]*?)```/.exec(readme)?.[1] ?? ''
/** Each program with its name, and what it prints. */
const hosts = Array.from(
  readme.matchAll(/```python\n# (\S+\.py)\n([^]*?)```\n+```text\n([^]*?)```/g),
  ([, name = '', text = '', prints = '']) => ({ name, text, prints }),
)

describe.skipIf(python === undefined)('a host in Python, as the README has it', () => {
  const scratch = new Scratch()
  const prepare = (): void => {
    expect(scratch.run('init', 'python').status).toBe(0)
    scratch.write('child.py', child)
    for (const { name, text } of hosts) scratch.write(name, text)
  }

  it('stands there twice', () => {
    expect(hosts.map(({ name }) => name)).toEqual(['host.py', 'async_host.py'])
  })

  it.each(hosts)('prints what it says: $name', ({ name, prints }) => {
    prepare()
    const { stdout, stderr } = spawnSync(python ?? 'python3', [name], {
      cwd: scratch.folder,
      encoding: 'utf8',
    })
    expect({ stdout, stderr }).toEqual({ stdout: prints, stderr: '' })
  })

  it.skipIf(!hasPythonTools)('fits the types', { timeout: 120_000 }, () => {
    prepare()
    const args = ['--strict', '--cache-dir', scratch.at('.mypy'), ...hosts.map(({ name }) => name)]
    expect(complaints(mypy, args, scratch.folder)).toBe('')
  })
})
