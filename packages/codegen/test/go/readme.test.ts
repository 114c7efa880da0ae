// The host in Go of the README runs as it stands, with the child of its five minutes, and prints what it says.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { inPackage } from '../support/paths.js'
import { Scratch } from '../support/scratch.js'
import { complaints, go, goEnvironment, gofmt, python } from '../support/toolchains.js'

const readme = readFileSync(inPackage('README.md'), 'utf8')
const child = /```python\n(from __future__[^]*?)```/.exec(readme)?.[1] ?? ''
const [, commands = '', host = '', prints = ''] =
  /## A host in Go\n[^]*?```sh\n([^]*?)```\n+```go\n([^]*?)```\n+```text\n([^]*?)```/.exec(readme) ?? []

/** What a web server answers with, as a file of that program. */
const failing = `package main

import (
	"errors"
	"log"
	"net/http"

	"host/generated/ipc"
)

${/```go\n(func fail\([^]*?)```/.exec(readme)?.[1] ?? ''}
var _ = fail
`

describe.skipIf(go === undefined || python === undefined)('a host in Go, as the README has it', () => {
  const scratch = new Scratch()

  it('prints what it says, and is formatted as gofmt formats', { timeout: 300_000 }, () => {
    expect(scratch.run('init', 'python').status).toBe(0)
    scratch.write('child.py', child)
    const made = spawnSync(commands, {
      cwd: scratch.folder,
      shell: true,
      env: goEnvironment,
      encoding: 'utf8',
    })
    expect(made.status, made.stderr).toBe(0)
    scratch.write('host/main.go', host)
    scratch.write('host/fail.go', failing)
    expect(complaints(gofmt, ['-d', 'main.go', 'fail.go'], scratch.at('host'))).toBe('')
    const { stdout, stderr } = spawnSync(go ?? 'go', ['run', '.'], {
      cwd: scratch.at('host'),
      env: goEnvironment,
      encoding: 'utf8',
    })
    expect({ stdout, stderr }).toEqual({ stdout: prints, stderr: '' })
  })
})
