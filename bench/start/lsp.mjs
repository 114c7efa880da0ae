// @ts-check
import { languageServer, lsp } from '@simple-ipc/lsp'
import { Client } from '@simple-ipc/rpc'

// The contract is read by its first use; the client starts nothing.
const client = new Client(lsp, 'none', { ...languageServer(), start: false })
console.log(JSON.stringify({ seconds: performance.now() / 1000, count: client.running ? 0 : 1 }))
