// What the child program can do, written down once: both programs are checked against it.
import { defineContract, Type } from '@simple-ipc/rpc'

export const contract = defineContract({
  name: 'calculator',
  version: '1.0.0',
  child: {
    methods: {
      add: {
        summary: 'Add two numbers.',
        params: Type.Object({ a: Type.Number(), b: Type.Number() }),
        result: Type.Number(),
      },
      divide: {
        summary: 'Divide one number by another.',
        params: Type.Object({ dividend: Type.Number(), divisor: Type.Number() }),
        result: Type.Number(),
        errors: { DivisionByZero: { code: 1, summary: 'The divisor is 0.' } },
      },
      primes: {
        summary: 'Send the primes up to a number, one by one, then how many there are.',
        params: Type.Object({ limit: Type.Integer({ minimum: 1 }) }),
        stream: Type.Integer(),
        result: Type.Integer(),
      },
    },
  },
})
