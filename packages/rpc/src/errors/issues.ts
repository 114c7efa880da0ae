import { printable } from '@simple-ipc/worker'

/** One fault of a value: a JSON Pointer into it and a sentence. */
export interface Fault {
  path: string
  message: string
}

/** The wire's form of a fault: exactly one issue. */
export const issuesOf = (issue: Fault): { issues: Fault[] } => ({
  issues: [{ path: issue.path, message: issue.message }],
})

const longestPlace = 1000

/** A fault in a sentence. The names in its path are the other side's, and may hold anything. */
export const placeOf = (root: string, issue: Fault): string =>
  `${root}${printable(`${issue.path} ${issue.message}`, longestPlace)}`
