// Stands before a child and lets its contract look like another one: `node other-version.mjs [<method>] -- <command>`.
// Name, version and hash are others, and the method is missing; for `protocol` it is the version of the protocol that differs. Says on stderr when a call of `add` went by.
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

const cut = process.argv.indexOf('--')
const missing = process.argv.slice(2, cut)
const [program, ...args] = process.argv.slice(cut + 1)
const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] })
child.on('exit', code => process.exit(code ?? 1))

const asked = new Map()
createInterface({ input: process.stdin })
  .on('line', line => {
    const { id, method } = JSON.parse(line)
    asked.set(id, method)
    if (method === 'add') process.stderr.write('add went by\n')
    child.stdin.write(`${line}\n`)
  })
  .on('close', () => child.stdin.end())

createInterface({ input: child.stdout }).on('line', line => {
  const message = JSON.parse(line)
  const method = message.method === undefined ? asked.get(message.id) : undefined
  if (method === 'rpc.contract' && missing.includes('protocol')) message.result.protocol = 1
  else if (method === 'rpc.contract')
    Object.assign(message.result, { name: 'other', version: '0.9.0', hash: `sha256:${'0'.repeat(64)}` })
  if (method === 'rpc.discover') {
    Object.assign(message.result.info, { title: 'other', version: '0.9.0' })
    message.result.methods = message.result.methods.filter(({ name }) => !missing.includes(name))
  }
  process.stdout.write(`${JSON.stringify(message)}\n`)
})
