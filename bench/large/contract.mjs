// @ts-check
import { defineContract, Type } from '@simple-ipc/rpc'

export const echo = defineContract({
  name: 'echo',
  version: '1.0.0',
  child: { methods: { echo: { params: Type.Tuple([Type.String()]), result: Type.String() } } },
})
