import { spawnSync } from 'node:child_process'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach } from 'vitest'
import { inPackage, repository } from './paths.js'

const cli = inPackage('dist', 'cli.js')

export interface Ran {
  status: number | null
  output: string
  errors: string
}

/** A folder of its own for each test of a file, in which the packages are found. */
export class Scratch {
  folder = ''

  constructor() {
    beforeEach(() => {
      this.folder = mkdtempSync(path.join(tmpdir(), 'simple-ipc-'))
      symlinkSync(path.join(repository, 'node_modules'), path.join(this.folder, 'node_modules'), 'junction')
    })
    afterEach(() => rmSync(this.folder, { recursive: true, force: true }))
  }

  at(file: string): string {
    return path.join(this.folder, file)
  }

  write(file: string, text: string): void {
    mkdirSync(path.dirname(this.at(file)), { recursive: true })
    writeFileSync(this.at(file), text)
  }

  /** A module that may call defineContract and Type. */
  contract(file: string, text: string): void {
    this.write(file, `import { defineContract, Type } from '@simple-ipc/rpc'\n${text}\n`)
  }

  read(file: string): string {
    return readFileSync(this.at(file), 'utf8')
  }

  /** Every file below a folder with its text; the folder need not exist. */
  tree(folder: string): Record<string, string> {
    const files = names(this.at(folder)).map(file => path.join(folder, file))
    return Object.fromEntries(files.map(file => [file.replaceAll(path.sep, '/'), this.read(file)]))
  }

  run(...args: string[]): Ran {
    return this.runWith({}, ...args)
  }

  runWith(
    options: { input?: string; env?: NodeJS.ProcessEnv; cwd?: string; uid?: number },
    ...args: string[]
  ): Ran {
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
      encoding: 'utf8',
      ...options,
      cwd: this.at(options.cwd ?? ''),
      env: { ...process.env, ...options.env },
    })
    return { status, output: stdout, errors: stderr }
  }
}

function names(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile() && !entry.parentPath.includes('node_modules'))
      .map(entry => path.relative(folder, path.join(entry.parentPath, entry.name)))
      .sort()
  } catch {
    return []
  }
}
