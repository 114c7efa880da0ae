import type { ExitReport, Worker } from '@simple-ipc/worker'

/** How long a program may keep running after its stdout has ended, in milliseconds. */
const grace = 1_000

/** Reports a program that has closed its stdout but is still running: it cannot answer any more. */
export function watchOutputEnd(worker: Worker, silent: (report: ExitReport) => void): void {
  let timer: NodeJS.Timeout | undefined
  const clear = (): void => clearTimeout(timer)
  worker.on('stdout-end', () => {
    timer = setTimeout(() => silent(worker.exitReport()), grace)
  })
  worker.on('exit', clear)
  worker.on('close', clear)
}
