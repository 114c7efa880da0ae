// @ts-check
import { serve } from '@simple-ipc/rpc'
import { bench } from '../contract.mjs'

serve(bench, { increment: ({ value }) => value + 1 }, { validate: process.env['BENCH_VALIDATE'] !== 'off' })
