import type { Refusal } from '../contract/codegen-error.js'
import type { Model } from './model.js'

/** What a host keeps to whose child is a program written by others; undefined for one that speaks this protocol. */
export interface ForeignRules {
  /** The notification that cancels a call, and its param; empty if there is none. */
  cancelMethod: string
  cancelParam: string
  /** Whether a request that the program itself has cancelled is answered. */
  answersCancelled: boolean
  progress: 'lsp' | 'mcp' | 'none'
}

const cancelled = {
  lsp: ['$/cancelRequest', 'id'],
  mcp: ['notifications/cancelled', 'requestId'],
  none: ['', ''],
} as const

/** What hosts in Python and Go cannot keep to yet. */
export const foreignRefusals = ({ foreign }: Model): Refusal[] =>
  foreign?.nullIsAbsent === true
    ? [
        {
          path: '/foreign/nullIsAbsent',
          message: 'is for hosts in TypeScript: leave it out, and let the members that may be null say so',
        },
      ]
    : []

export function foreignRules({ foreign }: Model): ForeignRules | undefined {
  if (foreign === undefined) return undefined
  const { cancel, progress = 'none' } = foreign
  const [cancelMethod, cancelParam] =
    typeof cancel === 'string' ? cancelled[cancel] : ([cancel.method, cancel.param] as const)
  return { cancelMethod, cancelParam, answersCancelled: cancel !== 'mcp', progress }
}
