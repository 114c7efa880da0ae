import { printable } from './printable.js'
import type { Exit, ExitReport } from './worker-error.js'

/** One sentence: how the program ended. */
export function describeExit(report: ExitReport): string {
  const name = commandText(report.command)
  if (report.error) return `${name} could not be started`
  const after = `after ${duration(report.uptime)}`
  if (report.signal !== null) return `${name} was ended by ${report.signal} ${after}`
  if (report.code !== null) return `${name} exited with code ${report.code} ${after}`
  return `${name} has been running for ${duration(report.uptime)}`
}

/** How it ended, for `shortMessage`: who reads that need not know the command. */
export function describeExitShortly({ error, signal, code }: Exit): string {
  if (error) return 'the program could not be started'
  if (signal !== null) return `the program was ended by ${signal}`
  return code === null ? 'the program closed its stdout' : `the program exited with code ${code}`
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

/** A tab, before each place of a Go program's stack, is white space: as `\x09` it would be taken for part of the path. */
function indent(line: string): string {
  return `  | ${printable(line.replaceAll('\t', '    '))}`
}

function duration(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`
}
