import { didYouMean } from '@simple-ipc/worker'

import { below, fault, type At, type Source } from './read-context.js'

/** Reports each member of a contract's part that has no meaning there. */
export function onlyMembers(source: Source, known: readonly string[], at: At): void {
  for (const key of Object.keys(source))
    if (!known.includes(key) && source[key] !== undefined)
      fault(
        below(at, key),
        `is not known here${didYouMean(key, known) || ` (available: ${known.join(', ')})`}`,
      )
}
