// @ts-check
import { serve } from '@simple-ipc/rpc'
import { contract } from '../contract.mjs'

serve(contract, { echo: ([bytes]) => bytes })
