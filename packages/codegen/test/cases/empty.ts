import { defineContract } from '@simple-ipc/rpc'

/** A contract that asks nothing of anybody. */
export const contract = defineContract({ name: 'empty', version: '1.0.0' })
