// @ts-check
import { once } from 'node:events'
import { spawn } from 'node:child_process'

const start = performance.now()
let count = 0
const child = spawn('cat', [process.argv[2] ?? ''], { stdio: ['ignore', 'pipe', 'inherit'] })
let rest = ''
child.stdout.setEncoding('utf8')
child.stdout.on('data', (/** @type {string} */ chunk) => {
  const lines = (rest + chunk).split('\n')
  rest = lines.pop() ?? ''
  for (const line of lines) if (line.length === 59) count += 1
})
await once(child.stdout, 'end')
console.log(JSON.stringify({ seconds: (performance.now() - start) / 1000, count }))
