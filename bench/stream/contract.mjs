// @ts-check
import { defineContract, Type } from '@simple-ipc/rpc'

/** What every child does here. */
export const contract = defineContract({
  name: 'counter',
  version: '1.0.0',
  child: {
    methods: {
      count: {
        params: Type.Object({ to: Type.Integer() }),
        stream: Type.Object({ n: Type.Integer() }),
        result: Type.Integer(),
      },
    },
  },
})
