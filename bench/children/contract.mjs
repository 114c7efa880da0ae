// @ts-check
import { defineContract, Type } from '@simple-ipc/rpc'

/** What every child answers here. */
export const contract = defineContract({
  name: 'adder',
  version: '1.0.0',
  child: {
    methods: {
      add: {
        params: Type.Object({ a: Type.Integer(), b: Type.Integer() }),
        result: Type.Integer(),
      },
    },
  },
})
