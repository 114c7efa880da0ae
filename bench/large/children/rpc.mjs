// @ts-check
import { serve } from '@simple-ipc/rpc'
import { echo } from '../contract.mjs'

serve(echo, { echo: ([text]) => text })
