import type { PlainContract } from '@simple-ipc/rpc'
import type { Refusal } from '../../contract/codegen-error.js'

/** What was read of a document in another language for contracts. */
export interface ImportResult {
  /** Its schemas are plain ones, which refer to types by their names. */
  contract: PlainContract
  /** What cannot be carried faithfully, and what no exception settled, with its place in the document. */
  refusals: Refusal[]
  /** What was left out because a contract has no words for it and needs none: documentation, other transports. */
  notes: Refusal[]
  /** It is one of ours, unchanged: it was accepted once as it is. */
  isOwn?: boolean
}
