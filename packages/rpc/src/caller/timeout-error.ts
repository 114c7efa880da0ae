import { printable } from '@simple-ipc/worker'

import { idleTooLong, timedOut, type Lateness } from '../errors/local-errors.js'
import type { RpcError } from '../errors/rpc-error.js'
import type { Arrivals, SessionStage } from '../protocol/arrivals.js'
import { lineHint } from '../protocol/line-hint.js'
import type { PendingCall } from './pending-calls.js'

/** What an error about a late call is made from. */
export interface TimeoutContext {
  arrivals: Arrivals
  /** What is known of the program, in several lines; undefined where there is none. */
  report(): string | undefined
  /** The last line of the program's stderr, if there is one. */
  lastError(): string | undefined
  /** Is the other side told that the call is no longer wanted? */
  cancels(call: PendingCall): boolean
}

const whyHeld: Readonly<Record<SessionStage, string>> = {
  starting: 'the program has not started yet',
  verifying: 'the other side has not said which contract it has',
  preparing: 'onStart has not returned',
  open: 'it waited for its turn',
}

/** Why a call is too late: whether it was sent, and what has arrived instead of its answer. */
export function timeoutError(
  call: PendingCall,
  kind: 'timeout' | 'idleTimeout',
  ms: number,
  context: TimeoutContext,
): RpcError {
  const isSent = call.id !== 0
  const { arrivals } = context
  const lateness: Lateness = {
    end: isSent
      ? context.cancels(call)
        ? '; it was cancelled'
        : ''
      : `: it was not sent, because ${whyHeld[arrivals.stage]}`,
    arrived: arrivals.any ? (isSent ? sinceThen(call, context) : '') : nothingYet(context),
  }
  return (kind === 'timeout' ? timedOut : idleTooLong)(call.member.name, ms, lateness)
}

/** The other side has sent no message at all: this is what it has written instead. */
function nothingYet(context: TimeoutContext): string {
  const text = context.report()
  if (text !== undefined) return `; it has sent no message yet: ${text}`
  const hint = lineHint(context.arrivals.lastLine)
  return `; the other side has sent no message yet${hint === undefined ? '' : `: ${hint}`}`
}

function sinceThen({ limits }: PendingCall, context: TimeoutContext): string {
  const { arrivals } = context
  const messages = arrivals.messages - (limits?.messagesBefore ?? 0)
  const lines = arrivals.lines - (limits?.linesBefore ?? 0)
  const counts = [...counted(messages, 'message'), ...counted(lines, 'plain line')].join(' and ')
  const said = lines === 0 ? '' : `, the last line: ${shortened(arrivals.lastLine)}`
  const error = context.lastError()
  return (
    (counts === '' ? '; nothing has arrived since' : `; since then ${counts} arrived${said}`) +
    (error === undefined ? '' : `; its stderr ends with: ${shortened(error)}`)
  )
}

const counted = (count: number, what: string): string[] =>
  count === 0 ? [] : [`${count} ${what}${count === 1 ? '' : 's'}`]

const shortened = (line: string): string => `'${printable(line, 200)}'`
