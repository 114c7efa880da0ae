// Programs in Python that act as hosts: the tests look at what they print.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { discover, serializeContract } from '@simple-ipc/rpc'
import { expect } from 'vitest'
import { generate } from '../../src/generate/generate.js'
import { writeFiles } from '../../src/output/write-files.js'
import { contract } from '../cases/conversation.js'
import { inTests } from '../support/paths.js'
import { python } from '../support/toolchains.js'

export interface Run {
  process: ChildProcess
  /** The next line of its stdout as JSON; undefined at the end. */
  next(): Promise<unknown>
  stderr: string
}

/** A folder with the generated code of the conversation's contract, and programs of this folder that use it. */
export class HostPrograms {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'simple-ipc-'))

  constructor(...programs: string[]) {
    writeFiles(
      path.join(this.folder, 'generated'),
      generate(serializeContract(contract), 'python', discover(contract)),
    )
    for (const file of programs) cpSync(inTests('python', file), path.join(this.folder, file))
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }

  start(program: string, ...args: string[]): Run {
    // -X dev shows what is not closed, and coroutines that nobody awaited.
    const child = spawn(python ?? 'python3', ['-X', 'dev', path.join(this.folder, program), ...args], {
      stdio: 'pipe',
    })
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
    const run: Run = {
      process: child,
      next: async () => {
        const { value } = (await lines.next()) as { value?: string }
        return value === undefined ? undefined : (JSON.parse(value) as unknown)
      },
      stderr: '',
    }
    child.stderr.setEncoding('utf8').on('data', (text: string) => (run.stderr += text))
    return run
  }

  /** What a scenario has to say. */
  told(program: string, ...args: string[]): Promise<unknown> {
    return this.toldWith(0, program, ...args)
  }

  /** What one has to say in which handlers fail, of the host or of its child, this many times. */
  async toldWith(failures: number, program: string, ...args: string[]): Promise<unknown> {
    const run = this.start(program, ...args)
    const answer = await run.next()
    if (run.process.exitCode === null) await once(run.process, 'exit')
    expect(run.stderr).not.toMatch(/ResourceWarning|never awaited/)
    expect(run.stderr.match(/^simple-ipc: .* failed:$/gm) ?? []).toHaveLength(failures)
    if (failures === 0) expect(run.stderr).not.toContain('Traceback')
    expect(run.process.exitCode).toBe(0)
    return answer
  }
}

export const matching = (pattern: RegExp): unknown => expect.stringMatching(pattern)
export const failure = (code: string | number, pattern: RegExp): unknown => ({
  code,
  message: matching(pattern),
})

/** Dead and not yet collected by its new parent is dead. */
export function lives(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) [ZX]/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}
