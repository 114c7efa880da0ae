import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { generate } from '../../src/generate/generate.js'
import { writeFiles } from '../../src/output/write-files.js'
import { cases } from '../support/cases.js'
import { python } from '../support/toolchains.js'

describe.skipIf(python === undefined)('the start of a generated Python program', () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'simple-ipc-'))
    const found = cases.find(({ name }) => name === 'conversation')
    if (found === undefined) throw new Error('no case conversation')
    writeFiles(path.join(folder, 'generated'), generate(found.json, 'python'))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const run = (...lines: string[]): unknown =>
    JSON.parse(
      execFileSync(python ?? 'python3', ['-I', '-c', ['import sys, json', ...lines].join('\n')], {
        cwd: folder,
        encoding: 'utf8',
      }),
    )
  const here = `sys.path.insert(0, ${JSON.stringify('.')})`

  it('has every name that the runtime lists', () => {
    const missing = run(
      here,
      'from generated import simple_ipc as ipc',
      'print(json.dumps([name for name in ipc.__all__ if not hasattr(ipc, name)]))',
    )
    expect(missing).toEqual([])
    expect(run(here, 'import generated.simple_ipc as ipc', 'print(json.dumps(hasattr(ipc, "nope")))')).toBe(
      false,
    )
  })

  it('loads none of what most programs never need', () => {
    const loaded = run(
      here,
      'before = set(sys.modules)',
      'import generated.conversation',
      'print(json.dumps(sorted(set(sys.modules) - before)))',
    ) as string[]
    expect(loaded).toContain('generated.simple_ipc.contract')
    for (const name of ['asyncio', 'base64', 'subprocess', 'select', 'socket', 'signal'])
      expect(loaded).not.toContain(name)
    for (const name of ['calls', 'child', 'host', 'peer', 'process', 'wire'])
      expect(loaded).not.toContain(`generated.simple_ipc.${name}`)
    for (const name of ['values.encoded', 'values.formats', 'values.maps', 'values.patterns'])
      expect(loaded).not.toContain(`generated.simple_ipc.${name}`)
  })

  it('loads for a host none of what most hosts never need', () => {
    const loaded = run(
      here,
      'before = set(sys.modules)',
      'import generated.conversation_host',
      'print(json.dumps(sorted(set(sys.modules) - before)))',
    ) as string[]
    expect(loaded).toContain('generated.simple_ipc.host')
    for (const name of ['asyncio', 'base64', 'pathlib', 'traceback']) expect(loaded).not.toContain(name)
    for (const name of ['child', 'contract.compare_contracts', 'process.start_error', 'wire.peek'])
      expect(loaded).not.toContain(`generated.simple_ipc.${name}`)
  })

  it('loads none of the host when it serves', () => {
    const folders = run(
      here,
      'import os',
      'from generated import simple_ipc as ipc',
      'answer = os.dup(1)',
      // Its stdin has ended: it returns at once.
      'ipc.serve(ipc.Contract("a", "1", "sha256:0", "{}"), None, object, lambda _: {}, lambda _: {}, lambda link: None, lambda link: None)',
      'parts = [name.split(".") for name in sys.modules if name.startswith("generated.simple_ipc.")]',
      'os.write(answer, json.dumps(sorted({part[2] for part in parts})).encode())',
    ) as string[]
    expect(folders).toContain('child')
    for (const name of ['host', 'process']) expect(folders).not.toContain(name)
  })
})
