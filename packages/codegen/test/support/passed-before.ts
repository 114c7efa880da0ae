import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { repository } from './paths.js'

/**
 * What is known to have passed, each by a hash of all that decided it: one small file for each. Only passes are remembered,
 * and what is not as it was written is not known.
 */
export class PassedBefore {
  private readonly folder: string
  private readonly most: number

  /** @param most How many are remembered: those that were asked for last. */
  constructor(folder: string, most = 1000) {
    this.folder = folder
    this.most = most
  }

  has(key: string): boolean {
    try {
      if (readFileSync(this.file(key), 'utf8') !== this.text(key)) return false
      const now = new Date()
      utimesSync(this.file(key), now, now)
      return true
    } catch {
      return false
    }
  }

  add(key: string): void {
    try {
      mkdirSync(this.folder, { recursive: true })
      writeFileSync(this.file(key), this.text(key))
      const files = readdirSync(this.folder)
      if (files.length > this.most) this.forgetOldest(files)
    } catch {
      // Another run may clear up at the same moment, or nothing can be written: then it is asked again.
    }
  }

  private file(key: string): string {
    return path.join(this.folder, key)
  }

  private text(key: string): string {
    return `passed ${key}\n`
  }

  private forgetOldest(files: readonly string[]): void {
    const age = (file: string): number =>
      statSync(path.join(this.folder, file), { throwIfNoEntry: false })?.mtimeMs ?? 0
    const byAge = files.map(file => ({ file, age: age(file) })).sort((a, b) => a.age - b.age)
    for (const { file } of byAge.slice(0, files.length / 2))
      rmSync(path.join(this.folder, file), { force: true })
  }
}

/** Kept in the project's folder; in continuous integration nothing is known, and nothing is remembered. */
export const memoryOf = (env: NodeJS.ProcessEnv): PassedBefore | null =>
  env['CI'] === 'true' ? null : new PassedBefore(path.join(repository, '.tools', 'gates'))

/** A hash of parts; which part a text belongs to matters. */
export function digest(parts: readonly (string | Buffer)[]): string {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}\n`).update(part)
  return hash.digest('hex')
}

/** The names and texts of all files below a folder, but of what a tool keeps for itself there, and of what is a link. */
export function contents(folder: string, wanted: (file: string) => boolean = () => true): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
    .filter(file => !file.startsWith('.') && !file.includes('/.') && wanted(file))
    .sort()
  return digest(files.flatMap(file => [file, readFileSync(path.join(folder, file))]))
}
