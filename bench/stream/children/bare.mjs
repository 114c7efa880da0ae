// @ts-check
import { once } from 'node:events'
import { createInterface } from 'node:readline'

/** Text of this length is written at once. */
const chunk = 64 * 1024
for await (const line of createInterface({ input: process.stdin })) {
  const { id, params } = /** @type {{ id: number, params: { to: number } }} */ (JSON.parse(line))
  let text = ''
  for (let n = 0; n < params.to; n++) {
    text += `{"jsonrpc":"2.0","method":"$/item","params":{"id":${id},"value":${JSON.stringify({ n })}}}\n`
    if (text.length < chunk) continue
    if (!process.stdout.write(text)) await once(process.stdout, 'drain')
    text = ''
  }
  process.stdout.write(`${text}{"jsonrpc":"2.0","id":${id},"result":${params.to}}\n`)
}
