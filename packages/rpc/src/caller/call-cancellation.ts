import { afterReading, startTimer } from '@simple-ipc/worker'

import type { CallOptions } from '../contract/contract-types.js'
import * as errors from '../errors/local-errors.js'
import type { RpcError } from '../errors/rpc-error.js'
import { onAbort } from './abort-listeners.js'
import { startDeadline, wrongCallOptions } from './call-options.js'
import type { CallLimits, PendingCall } from './pending-calls.js'

/**
 * Starts what may end a call from outside: its signal, its deadline and its longest silence. Returns false if it ended
 * at once.
 *
 * @param timeouts false: deadlines never expire
 */
export function limitCall(
  call: PendingCall,
  options: CallOptions<unknown>,
  timeouts: boolean,
  cancel: (call: PendingCall, error: RpcError) => void,
): boolean {
  const { name } = call.member
  const wrong = wrongCallOptions(options)
  if (wrong !== undefined) {
    call.refuse(wrong)
    return false
  }
  const { signal, idleTimeout } = options
  if (signal?.aborted === true) {
    call.refuse(errors.cancelled(name, signal.reason))
    return false
  }
  const limits: CallLimits = { deadline: undefined, idle: undefined, isTouched: false, onAbort: undefined }
  call.limits = limits
  if (signal !== undefined) {
    limits.onAbort = () => cancel(call, errors.cancelled(name, signal.reason))
    onAbort(signal, limits.onAbort)
  }
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
