// @ts-check
import { Bytes, defineContract, Type } from '@simple-ipc/rpc'

/** What every child answers here. */
export const contract = defineContract({
  name: 'bytes',
  version: '1.0.0',
  child: { methods: { echo: { params: Type.Tuple([Bytes()]), result: Bytes() } } },
})
