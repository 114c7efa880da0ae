// @ts-check
// A process that defines a contract of BENCH_METHODS methods, each with types of its own, and makes a client of it.
import { Client, defineContract, Type } from '@simple-ipc/rpc'

const method = (/** @type {number} */ i) => {
  const point = Type.Object({ x: Type.Number(), y: Type.Number(), [`name${i}`]: Type.String() })
  const params = Type.Object({
    at: point,
    [`count${i}`]: Type.Integer({ minimum: 0 }),
    tags: Type.Optional(Type.Array(Type.String())),
  })
  const result = Type.Object({
    found: Type.Array(point),
    [`total${i}`]: Type.Integer(),
    state: Type.Union([Type.Literal('open'), Type.Literal('closed')]),
  })
  return { params, result, summary: `Does what method ${i} does.` }
}
const methods = Object.fromEntries(
  Array.from({ length: Number(process.env['BENCH_METHODS']) }, (_, i) => [`method${i}`, method(i)]),
)
const start = performance.now()
const contract = defineContract({ name: 'large', version: '1.0.0', child: { methods } })
const client = new Client(contract, 'none', { start: false })
console.log(
  JSON.stringify({
    seconds: performance.now() / 1000,
    count: client.running ? 0 : 1,
    ownMs: performance.now() - start,
  }),
)
