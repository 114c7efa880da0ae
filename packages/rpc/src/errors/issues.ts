/** One fault of a value: a JSON Pointer into it and a sentence. */
export interface Fault {
  path: string
  message: string
}

/** The wire's form of a fault: exactly one issue. */
export const issuesOf = (issue: Fault): { issues: Fault[] } => ({
  issues: [{ path: issue.path, message: issue.message }],
})
