// @ts-check
import { defineContract, Type } from '@simple-ipc/rpc'

export const burner = defineContract({
  name: 'burner',
  version: '1.0.0',
  child: { methods: { burn: { params: Type.Object({ rounds: Type.Integer() }), result: Type.Number() } } },
})
