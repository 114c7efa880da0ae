// @ts-check
import { spawn } from 'node:child_process'
import rpc from 'vscode-jsonrpc/node'
import { childCommand } from '../child-command.mjs'
import { thereAndBack } from './there-and-back.mjs'

const [file, ...args] = childCommand('large/children/vscode-jsonrpc.mjs')
const child = spawn(file, args, { stdio: ['pipe', 'pipe', 'inherit'] })
const connection = rpc.createMessageConnection(
  new rpc.StreamMessageReader(child.stdout),
  new rpc.StreamMessageWriter(child.stdin),
)
connection.listen()
await thereAndBack(text => connection.sendRequest('echo', text))
connection.end()
connection.dispose()
child.stdin.end()
