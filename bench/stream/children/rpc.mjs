// @ts-check
import { serve } from '@simple-ipc/rpc'
import { contract } from '../contract.mjs'

serve(contract, {
  async *count({ to }) {
    for (let n = 0; n < to; n++) yield { n }
    return await Promise.resolve(to)
  },
})
