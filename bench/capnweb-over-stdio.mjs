// @ts-check
// Cap'n Web has no transport for pipes; this is the least one: a message is a line.
import { createInterface } from 'node:readline'
import { RpcSession } from 'capnweb'

/** @param {import('node:stream').Readable} input @param {import('node:stream').Writable} output @param {unknown} [main] */
export function capnweb(input, output, main) {
  /** @type {string[]} */
  const lines = []
  /** @type {((line: string) => void)[]} */
  const waiting = []
  createInterface({ input }).on('line', line => {
    const take = waiting.shift()
    if (take === undefined) lines.push(line)
    else take(line)
  })
  return new RpcSession(
    {
      send(message) {
        output.write(`${message}\n`)
        return Promise.resolve()
      },
      receive() {
        const line = lines.shift()
        return line === undefined ? new Promise(resolve => waiting.push(resolve)) : Promise.resolve(line)
      },
    },
    main,
  )
}
