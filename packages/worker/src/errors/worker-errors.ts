import { describeExit, describeExitShortly } from './exit-report.js'
import { printable } from './printable.js'
import { WorkerError, type ExitReport } from './worker-error.js'

// Every WorkerError of this package but those of a start, which have a file of their own.

// ---- questions

/** @param hint why nothing may have come */
export function replyTimedOut(
  question: string | undefined,
  ms: number,
  hint: string | undefined,
): WorkerError {
  const cure = hint === undefined ? '' : `; ${hint}`
  return new WorkerError(
    'TIMEOUT',
    question === undefined
      ? `The text that was waited for did not arrive within ${ms} ms${cure}`
      : `No reply to '${printable(question, 100)}' within ${ms} ms. The next reply still counts as the reply to it: call resync() if none will come${cure}`,
    { shortMessage: `No reply within ${ms} ms` },
  )
}

export const waitAborted = ({ reason }: AbortSignal): WorkerError =>
  new WorkerError('ABORTED', 'The wait was aborted', { cause: reason })

export const replyTooLong = (characters: number): WorkerError =>
  new WorkerError(
    'LINE_TOO_LONG',
    `The reply exceeds ${characters} characters and has not ended: is 'until' right?`,
  )

export const stdinClosed = (report: ExitReport): WorkerError =>
  new WorkerError(
    'STDIN_CLOSED',
    `${report.command[0] ?? ''} closed its stdin but is still running, so it cannot be asked`,
    { report, shortMessage: 'The program closed its stdin, so it cannot be asked' },
  )

export const notRunning = (report: ExitReport): WorkerError =>
  new WorkerError('NOT_RUNNING', `${report.command[0] ?? ''} is not running: call start() first`, {
    report,
    shortMessage: 'The program is not running',
  })

export const stdoutClosed = (report: ExitReport): WorkerError =>
  new WorkerError(
    'STDOUT_CLOSED',
    `${report.command[0] ?? ''} closed its stdout but is still running, so it cannot reply`,
    {
      report,
      shortMessage: 'The program closed its stdout, so it cannot reply',
    },
  )

export const exitedBeforeReply = (report: ExitReport): WorkerError =>
  new WorkerError('WORKER_EXITED', `No reply: ${report.error?.message ?? describeExit(report)}`, {
    report,
    shortMessage: `No reply: ${describeExitShortly(report)}`,
  })

// ---- lines

export const lineTooLong = (head: Buffer, bytes: number): WorkerError =>
  new WorkerError(
    'LINE_TOO_LONG',
    `Skipped a line of ${bytes} bytes, which is longer than maxLineBytes; it begins with: ${printable(head.toString(), 100)}`,
    { shortMessage: `Skipped a line of ${bytes} bytes, which is longer than maxLineBytes` },
  )

export const linesLost = (count: number): WorkerError =>
  new WorkerError(
    'LINES_LOST',
    `A loop over the worker was too slow and lost ${count} line${count === 1 ? '' : 's'}: use a callback or the 'line' event, which lose none`,
  )

/** @param what threw: `'The callback'` */
export const threw = (what: string, cause: unknown): WorkerError =>
  new WorkerError('CALLBACK_FAILED', `${what} threw`, { cause })

// ---- start, restart, stop

export const startAborted = ({ reason }: AbortSignal): WorkerError =>
  new WorkerError('ABORTED', 'Not started: the signal was aborted', { cause: reason })

export const noDecoder = (cause: unknown): WorkerError =>
  new WorkerError('START_FAILED', 'Not started: the decoder could not be created', { cause })

export const restartedTooOften = (report: ExitReport): WorkerError =>
  new WorkerError(
    'RESTARTED_TOO_OFTEN',
    `${describeExit(report)}. It has failed too often and is not restarted`,
    { report, shortMessage: 'The program has failed too often and is not restarted' },
  )

/** @param refused the system's code, if it did not let us send the signal */
export function stopFailed(pid: number, refused: string | undefined): WorkerError {
  const why =
    refused === undefined
      ? ': it is blocked inside the operating system'
      : `, which was refused (${refused}): it belongs to another user`
  return new WorkerError('STOP_FAILED', `Process ${pid} is still alive after SIGKILL${why}`, {
    shortMessage: 'The program is still alive after SIGKILL',
  })
}
