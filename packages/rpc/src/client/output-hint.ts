import type { ExitReport } from '@simple-ipc/worker'

import { lineHint, unfinishedHint } from '../protocol/line-hint.js'
import type { Framing } from '../transport/framings.js'

/**
 * The report of a program that has sent no message, with a hint at what it has sent instead.
 *
 * @param unfinished the line whose end has not arrived
 */
export function withOutputHint(report: ExitReport, framing: Framing, unfinished: string): ExitReport {
  const lines = unfinished === '' ? report.lines : [...report.lines, unfinished]
  const hint = report.lines.map(lineHint).find(one => one !== undefined) ?? unfinishedHint(unfinished)
  if (hint !== undefined) return { ...report, lines, hint }
  // A program that reads headers takes lines for the beginning of one, and waits for the rest.
  if (lines.length > 0 || report.hint === undefined || framing === 'headers') return { ...report, lines }
  return {
    ...report,
    hint: `${report.hint}; a language server reads its messages after headers: pass framing: 'headers'`,
  }
}
