import type { CancelStyle, ForeignSpec, ProgressStyle } from './contract-spec.js'
import { onlyMembers } from './only-members.js'
import { fault, isSource, type At } from './read-context.js'

const styles = "'lsp' | 'mcp' | 'none'"
const isStyle = (value: unknown): value is CancelStyle & ProgressStyle =>
  value === 'lsp' || value === 'mcp' || value === 'none'

/** How a contract says that the other side does not speak this protocol. */
export function readForeign(source: unknown, at: At): Exclude<ForeignSpec, true> | undefined {
  if (source === undefined || source === false) return undefined
  if (source === true) return { cancel: 'none' }
  if (isSource(source)) {
    onlyMembers(source, ['cancel', 'progress'], at)
    const { cancel, progress } = source
    if (isStyle(cancel) && progress === undefined) return { cancel }
    if (isStyle(cancel) && isStyle(progress)) return { cancel, progress }
  }
  fault(at, `must be true, or { cancel: ${styles}, progress?: ${styles} }`)
  return undefined
}
