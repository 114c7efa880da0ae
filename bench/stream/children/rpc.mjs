// @ts-check
import { serve } from '@simple-ipc/rpc'
import { counter } from '../contract.mjs'

serve(counter, {
  async *count({ to }) {
    for (let n = 0; n < to; n++) yield { n }
    return await Promise.resolve(to)
  },
})
