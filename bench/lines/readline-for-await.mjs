// @ts-check
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

const start = performance.now()
let count = 0
const child = spawn('cat', [process.argv[2] ?? ''], { stdio: ['ignore', 'pipe', 'inherit'] })
for await (const line of createInterface({ input: child.stdout })) if (line.length === 59) count += 1
console.log(JSON.stringify({ seconds: (performance.now() - start) / 1000, count }))
