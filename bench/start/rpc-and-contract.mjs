// @ts-check
import '@simple-ipc/rpc'
import '../calls/contract.mjs'

console.log(JSON.stringify({ seconds: performance.now() / 1000, count: 1 }))
