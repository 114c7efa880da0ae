// @ts-check
import { Worker } from '@simple-ipc/worker'

const start = performance.now()
let count = 0
const worker = new Worker(['cat', process.argv[2] ?? ''], line => {
  if (line.length === 59) count += 1
})
await worker.exited
console.log(JSON.stringify({ seconds: (performance.now() - start) / 1000, count }))
