// @ts-check
// LSP's library as its documentation shows it: streams, Content-Length headers, both ends.
import { spawn } from 'node:child_process'
import path from 'node:path'
import rpc from 'vscode-jsonrpc/node'
import { measureCalls } from './in-flight.mjs'

const child = spawn(process.execPath, [path.join(import.meta.dirname, 'children', 'vscode-jsonrpc.mjs')], {
  stdio: ['pipe', 'pipe', 'inherit'],
})
const connection = rpc.createMessageConnection(
  new rpc.StreamMessageReader(child.stdout),
  new rpc.StreamMessageWriter(child.stdin),
)
connection.listen()
await measureCalls(value => connection.sendRequest('increment', { value }))
connection.end()
connection.dispose()
child.stdin.end()
