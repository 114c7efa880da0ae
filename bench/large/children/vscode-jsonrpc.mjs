// @ts-check
import rpc from 'vscode-jsonrpc/node'

const connection = rpc.createMessageConnection(
  new rpc.StreamMessageReader(process.stdin),
  new rpc.StreamMessageWriter(process.stdout),
)
connection.onRequest('echo', (/** @type {string} */ text) => text)
connection.listen()
