// @ts-check
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { Absent } from './define-suite.mjs'

/** Compiles a C program of the benchmarks, once; returns its path. @param {string} source an absolute path */
export function buildC(source) {
  const program = path.join(import.meta.dirname, 'build', path.basename(source, '.c'))
  if (existsSync(program) && statSync(program).mtimeMs >= statSync(source).mtimeMs) return program
  mkdirSync(path.dirname(program), { recursive: true })
  const { status, error, stderr } = spawnSync('cc', ['-O2', '-Wall', '-Wextra', '-o', program, source], {
    encoding: 'utf8',
  })
  if (error !== undefined) throw new Absent(`a C compiler (${error.message})`)
  if (status !== 0) throw new Error(`${source} does not compile:\n${stderr}`)
  return program
}
