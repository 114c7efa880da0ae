// @ts-check
import rpc from 'vscode-jsonrpc/node'

const connection = rpc.createMessageConnection(
  new rpc.StreamMessageReader(process.stdin),
  new rpc.StreamMessageWriter(process.stdout),
)
connection.onRequest('increment', (/** @type {{ value: number }} */ { value }) => value + 1)
connection.listen()
