import type { WorkerError } from './worker-error.js'
import { printable } from './log.js'

/** How a program ended. Exactly one of the three is set, or `error` alone when it never began. */
export interface Exit {
  /** The exit code, or null if a signal ended it or it never began. */
  code: number | null
  /** The signal that ended it, or null. */
  signal: NodeJS.Signals | null
  /** Why it could not be started. */
  error?: WorkerError
}

/** What is known about a program that ended (or still runs: code and signal are null then). */
export interface ExitReport extends Exit {
  command: readonly string[]
  /** Milliseconds from start to exit, or till now. */
  uptime: number
  /** The last lines of stderr, if it was kept: not with `stderr: 'inherit'` or `'ignore'`. */
  stderr: string[]
  /** The last plain lines of stdout. */
  lines: string[]
  /** What may be the reason, where that can be guessed. */
  hint?: string
}

/** One sentence: how the program ended. */
export function describeExit(report: ExitReport): string {
  const name = commandText(report.command)
  if (report.error) return `${name} could not be started`
  const after = `after ${duration(report.uptime)}`
  if (report.signal !== null) return `${name} was ended by ${report.signal} ${after}`
  if (report.code !== null) return `${name} exited with code ${report.code} ${after}`
  return `${name} has been running for ${duration(report.uptime)}`
}

/** The whole report for people, in several lines, safe to print. */
export function formatExitReport(report: ExitReport): string {
  const text = [describeExit(report) + (report.error ? `: ${report.error.message}` : '')]
  if (report.stderr.length > 0) text.push('last lines of stderr:', ...report.stderr.map(indent))
  if (report.lines.length > 0) text.push('last lines of stdout:', ...report.lines.map(indent))
  if (report.hint !== undefined) text.push(`hint: ${report.hint}`)
  return text.join('\n')
}

/** A command as one would type it, safe to print; what is very long is cut. */
export function commandText(command: readonly string[]): string {
  const words = command.map(word =>
    /^[\w@%+=:,./-]{1,200}$/.test(word)
      ? word
      : `'${printable(word, 200).replaceAll("'", String.raw`'\''`)}'`,
  )
  return printable(words.join(' '), 1000)
}

function indent(line: string): string {
  return `  | ${printable(line)}`
}

function duration(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`
}
