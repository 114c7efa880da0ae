// @ts-check
import rpc from 'vscode-jsonrpc/node'

const connection = rpc.createMessageConnection(
  new rpc.StreamMessageReader(process.stdin),
  new rpc.StreamMessageWriter(process.stdout),
)
// What a handler works with are bytes.
connection.onRequest('echo', (/** @type {string} */ text) => Buffer.from(text, 'base64').toString('base64'))
connection.listen()
