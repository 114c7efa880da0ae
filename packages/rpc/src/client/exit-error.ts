import { formatExitReport, type ExitReport } from '@simple-ipc/worker'

import { workerExited } from '../errors/local-errors.js'
import type { RpcError } from '../errors/rpc-error.js'

/** What calls fail with when their program has exited: how it ended, and what was in flight. */
export function exitError(
  report: ExitReport,
  inFlight: readonly string[],
  prefix = '',
): (method: string) => RpcError {
  const lines = [prefix + formatExitReport(report)]
  if (inFlight.length > 0) lines.push(`in flight: ${counted(inFlight)}`)
  const text = lines.join('\n')
  const data = { ...report, inFlight }
  return method => workerExited(method, text, data)
}

/** A program that exited with code 0 without an answer often only defines its handlers. */
export function withServeHint(report: ExitReport, answered: boolean): ExitReport {
  if (answered || report.code !== 0 || report.hint !== undefined) return report
  const hint =
    'it ended by itself before it answered anything: is it the right program, and does it call serve?'
  return { ...report, hint }
}

/** `['a', 'b', 'a']` → `a (2), b`. */
function counted(names: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return Array.from(counts, ([name, count]) => (count === 1 ? name : `${name} (${count})`)).join(', ')
}
