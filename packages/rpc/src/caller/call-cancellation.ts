import { afterReading, onAbort, startTimer } from '@simple-ipc/worker'

import * as errors from '../errors/local-errors.js'
import type { RpcError } from '../errors/rpc-error.js'
import type { Arrivals } from '../protocol/arrivals.js'
import { startDeadline, within, wrongCallOptions, type TimedOptions } from './call-options.js'
import type { CallLimits, PendingCall } from './pending-calls.js'

/**
 * Starts what may end a call from outside: its signal, its deadline and its longest silence. Returns false if it ended
 * at once.
 *
 * @param timeouts false: deadlines never expire
 * @param arrivals what has arrived until now
 * @param late called when a deadline expires
 */
export function limitCall(
  call: PendingCall,
  options: TimedOptions,
  timeouts: boolean,
  arrivals: Arrivals,
  cancel: (call: PendingCall, error: RpcError) => void,
  late: (call: PendingCall, kind: 'timeout' | 'idleTimeout', ms: number) => void,
): boolean {
  const { name } = call.member
  const wrong = wrongCallOptions(options)
  if (wrong !== undefined) {
    call.refuse(wrong)
    return false
  }
  const { signal, idleTimeout, [within]: handler } = options
  const signals = [signal, handler].filter(one => one !== undefined)
  const aborted = signals.find(one => one.aborted)
  if (aborted !== undefined) {
    call.refuse(errors.cancelled(name, aborted.reason))
    return false
  }
  const onAborted = (): void => {
    cancel(call, errors.cancelled(name, signals.find(one => one.aborted)?.reason))
  }
  const limits: CallLimits = {
    deadline: undefined,
    idle: undefined,
    isTouched: false,
    signals,
    onAborted,
    ended: undefined,
    messagesBefore: arrivals.messages,
    linesBefore: arrivals.lines,
  }
  call.limits = limits
  for (const one of signals) onAbort(one, onAborted)
  if (!timeouts) return true
  limits.deadline = startDeadline(options, ms => late(call, 'timeout', ms))
  limits.idle = startTimer(idleTimeout, ms => {
    limits.isTouched = false
    afterReading(() => {
      if (!limits.isTouched) late(call, 'idleTimeout', ms)
    })
  })
  return true
}
