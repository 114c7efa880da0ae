// @ts-check
// LSP's library as its documentation shows it: streams, Content-Length headers, both ends.
import rpc from 'vscode-jsonrpc/node'
import { startChild } from '../child-command.mjs'
import { measureCalls } from './in-flight.mjs'

const child = startChild('calls/children/vscode-jsonrpc.mjs')
const connection = rpc.createMessageConnection(
  new rpc.StreamMessageReader(child.stdout),
  new rpc.StreamMessageWriter(child.stdin),
)
connection.listen()
await measureCalls(value => connection.sendRequest('increment', { value }))
connection.end()
connection.dispose()
child.stdin.end()
