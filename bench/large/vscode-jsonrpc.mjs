// @ts-check
import rpc from 'vscode-jsonrpc/node'
import { startChild } from '../child-command.mjs'
import { thereAndBack } from './there-and-back.mjs'

const child = startChild('large/children/vscode-jsonrpc.mjs')
const connection = rpc.createMessageConnection(
  new rpc.StreamMessageReader(child.stdout),
  new rpc.StreamMessageWriter(child.stdin),
)
connection.listen()
await thereAndBack(text => connection.sendRequest('echo', text))
connection.end()
connection.dispose()
child.stdin.end()
