import { afterReading, onAbort, startTimer } from '@simple-ipc/worker'

import * as errors from '../errors/local-errors.js'
import type { RpcError } from '../errors/rpc-error.js'
import { startDeadline, within, wrongCallOptions, type TimedOptions } from './call-options.js'
import type { CallLimits, PendingCall } from './pending-calls.js'

/**
 * Starts what may end a call from outside: its signal, its deadline and its longest silence. Returns false if it ended
 * at once.
 *
 * @param timeouts false: deadlines never expire
 */
export function limitCall(
  call: PendingCall,
  options: TimedOptions,
  timeouts: boolean,
  cancel: (call: PendingCall, error: RpcError) => void,
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
  }
  call.limits = limits
  for (const one of signals) onAbort(one, onAborted)
  if (!timeouts) return true
  limits.deadline = startDeadline(options, ms => cancel(call, errors.timedOut(name, ms)))
  limits.idle = startTimer(idleTimeout, ms => {
    limits.isTouched = false
    afterReading(() => {
      if (!limits.isTouched) cancel(call, errors.idleTooLong(name, ms))
    })
  })
  return true
}
