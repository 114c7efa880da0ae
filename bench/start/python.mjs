// @ts-check
// A Python process that imports a module and ends.
import { spawnSync } from 'node:child_process'
import path from 'node:path'

const cwd = path.resolve(import.meta.dirname, '..', '..', 'examples', '02-profile-csv')
const start = performance.now()
const code = `import ${process.env['BENCH_IMPORT'] ?? 'sys'}`
const { status, error, stderr } = spawnSync('python3', ['-c', code], { cwd, encoding: 'utf8' })
if (status !== 0) throw new Error(error?.message ?? stderr)
console.log(JSON.stringify({ seconds: (performance.now() - start) / 1000, count: 1 }))
