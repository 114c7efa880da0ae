import { defineContract, Type } from '@simple-ipc/rpc'

/** A contract whose name is longer than that of a file may be. */
export const contract = defineContract({
  name: 'long'.repeat(75),
  version: '1.0.0',
  child: { methods: { ask: { result: Type.String() } } },
})
