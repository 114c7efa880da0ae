import type { CancelMessage, CancelStyle, ForeignSpec, ProgressStyle } from './contract-spec.js'
import { defined } from '../json/defined.js'
import { onlyMembers } from './only-members.js'
import { below, fault, isSource, type At } from './read-context.js'

const styles = "'lsp' | 'mcp' | 'none'"
const isStyle = (value: unknown): value is ProgressStyle =>
  value === 'lsp' || value === 'mcp' || value === 'none'

/** How a contract says that the other side does not speak this protocol. */
export function readForeign(source: unknown, at: At): Exclude<ForeignSpec, true> | undefined {
  if (source === undefined || source === false) return undefined
  if (source === true) return { cancel: 'none' }
  if (isSource(source)) {
    onlyMembers(source, ['cancel', 'progress', 'nullIsAbsent'], at)
    const { progress, nullIsAbsent } = source
    const cancel = readCancel(source['cancel'], below(at, 'cancel'))
    const isKnown = progress === undefined || isStyle(progress)
    if (cancel !== undefined && isKnown && (nullIsAbsent === undefined || typeof nullIsAbsent === 'boolean'))
      return { cancel, ...defined({ progress, nullIsAbsent: nullIsAbsent === true ? true : undefined }) }
  }
  fault(
    at,
    `must be true, or { cancel: ${styles} | { method, param }, progress?: ${styles}, nullIsAbsent?: boolean }`,
  )
  return undefined
}

function readCancel(source: unknown, at: At): CancelStyle | undefined {
  if (isStyle(source)) return source
  if (!isSource(source)) return undefined
  onlyMembers(source, ['method', 'param'], at)
  const { method, param } = source
  return isName(method) && isName(param) ? ({ method, param } satisfies CancelMessage) : undefined
}

const isName = (value: unknown): value is string => typeof value === 'string' && value !== ''
