import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { inPackage } from '../support/paths.js'
import { Scratch } from '../support/scratch.js'
import { go, goEnvironment, python } from '../support/toolchains.js'
import { withoutTracebacks } from '../support/tracebacks.js'

// The README's five minutes, as it tells them: its own commands, in its own order.
const readme = readFileSync(inPackage('README.md'), 'utf8')
const scratch = new Scratch()

/** The fenced blocks of a section. */
function blocks(title: string): { language: string; text: string }[] {
  const section = readme.split(/^## /m).find(part => part.startsWith(`${title}\n`))
  if (section === undefined) throw new Error(`README.md has no section ${title}`)
  return [...section.matchAll(/^```(\w+)\n([^]*?)^```$/gm)].map(([, language = '', text = '']) => ({
    language,
    text,
  }))
}

/** Does what a section says; gives what the last command printed. */
function follow(title: string): string {
  let folder = scratch.folder
  let printed = ''
  for (const { language, text } of blocks(title)) {
    if (language === 'sh')
      for (const command of text.trimEnd().split('\n')) {
        // The packages are those of this repository.
        if (command.startsWith('npm install ')) continue
        if (command.startsWith('cd ')) folder = path.join(folder, command.slice('cd '.length))
        else printed = shell(command, folder)
      }
    else if (language === 'text') expect(withoutTracebacks(printed)).toBe(text)
    else if (language === 'python') scratch.write('child.py', text)
    else fillIn(text, path.relative(scratch.folder, path.join(folder, 'main.go')))
  }
  return printed
}

function shell(command: string, cwd: string): string {
  const { status, stdout, stderr } = spawnSync(command, {
    cwd,
    shell: true,
    encoding: 'utf8',
    env: goEnvironment,
  })
  expect(status, `${command}\n${stdout}${stderr}`).toBe(0)
  return stdout + stderr
}

/** Each function of the text in the place of the one of its name. */
function fillIn(text: string, file: string): void {
  const filled = text.split(/(?=^func )/m).reduce((program, definition) => {
    const head = definition.slice(0, definition.indexOf(' {\n'))
    const at = program.indexOf(head)
    expect(at, `${head} is in ${file}`).toBeGreaterThan(0)
    return (
      program.slice(0, at) + definition.trimEnd() + program.slice(program.indexOf('\n}\n', at) + '\n}'.length)
    )
  }, scratch.read(file))
  scratch.write(file, filled.replace('\t"errors"\n', ''))
}

describe('the README', () => {
  it.skipIf(python === undefined)('has a Python program called in five minutes', { timeout: 120_000 }, () => {
    const printed = follow('Five minutes')
    expect(printed).toBe('add: 6\ndivide: 1\nprimes: 2\nprimes: 3\nprimes: 2\n')
  })

  it.skipIf(go === undefined)('has the same in Go', { timeout: 300_000 }, () => {
    shell('npx simple-ipc init python', scratch.folder)
    expect(follow('The same in Go')).toBe('add: 6\ndivide: 1\nprimes: 2\nprimes: 3\nprimes: 2\n')
  })

  it('names every command', () => {
    const commands = [...scratch.run('--help').output.matchAll(/^ {2}(\w+) .*\[options\]|^ {2}(import)\b/gm)]
    expect(commands.length).toBeGreaterThan(4)
    for (const [, command, other] of commands)
      expect(readme).toContain(`\nsimple-ipc ${command ?? other ?? ''} `)
  })

  it('has a configuration that is read', () => {
    scratch.write('contract.ts', readFileSync(inPackage('src', 'init', 'starter', 'contract.ts'), 'utf8'))
    const [config] = blocks('The commands').filter(({ language }) => language === 'ts')
    scratch.write('simple-ipc.config.ts', config?.text ?? '')
    // As `init go` has made it.
    scratch.write('go/go.mod', 'module child\n')
    expect(scratch.run('generate')).toMatchObject({ status: 0, errors: '' })
    expect(Object.keys(scratch.tree('python'))).toContain('python/generated/calculator.py')
  })
})
