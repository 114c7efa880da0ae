// @ts-check
import { once } from 'node:events'
import { startChild } from '../child-command.mjs'

const child = startChild('calls/children/bare.mjs')
child.stdin.write('{"jsonrpc":"2.0","id":1,"method":"increment","params":{"value":0}}\n')
const [text] = /** @type {[Buffer]} */ (await once(child.stdout, 'data'))
const { result } = /** @type {{ result: number }} */ (JSON.parse(text.toString()))
console.log(JSON.stringify({ seconds: performance.now() / 1000, count: result }))
child.stdin.end()
