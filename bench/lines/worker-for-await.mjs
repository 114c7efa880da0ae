// @ts-check
import { Worker } from '@simple-ipc/worker'

const start = performance.now()
let count = 0
const worker = new Worker(['cat', process.argv[2] ?? ''])
for await (const line of worker) if (line.length === 59) count += 1
console.log(JSON.stringify({ seconds: (performance.now() - start) / 1000, count }))
