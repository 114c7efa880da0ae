// @ts-check
// Bytes as base64, for its messages are JSON.
import rpc from 'vscode-jsonrpc/node'
import { startChild } from '../child-command.mjs'
import { thereAndBack } from './there-and-back.mjs'

const child = startChild('bytes/children/vscode-jsonrpc.mjs')
const connection = rpc.createMessageConnection(
  new rpc.StreamMessageReader(child.stdout),
  new rpc.StreamMessageWriter(child.stdin),
)
connection.listen()
await thereAndBack(
  async bytes => {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64')
    return Buffer.from(/** @type {string} */ (await connection.sendRequest('echo', text)), 'base64')
  },
  () => child.pid,
)
connection.end()
connection.dispose()
child.stdin.end()
