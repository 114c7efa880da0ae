// @ts-check
import { once } from 'node:events'
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

const start = performance.now()
let count = 0
const child = spawn('cat', [process.argv[2] ?? ''], { stdio: ['ignore', 'pipe', 'inherit'] })
const lines = createInterface({ input: child.stdout })
lines.on('line', line => {
  if (line.length === 59) count += 1
})
await once(lines, 'close')
console.log(JSON.stringify({ seconds: (performance.now() - start) / 1000, count }))
