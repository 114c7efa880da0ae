// @ts-check
import { defineContract, Type } from '@simple-ipc/rpc'

export const bench = defineContract({
  name: 'bench',
  version: '1.0.0',
  child: {
    methods: {
      increment: { params: Type.Object({ value: Type.Integer() }), result: Type.Integer() },
    },
  },
})
