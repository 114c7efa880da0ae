import { compareContracts, type Contract, type Difference, type Side } from '@simple-ipc/rpc'

/** A difference, and which program had the new contract, while the other one had the old, when it was found. */
export type Change = Difference & { first: Side }

/**
 * What changes from one contract to another, while one program (`first`) has the new one already and the other still
 * has the old one; for each of those that may be first.
 */
export function diffContracts(before: Contract, after: Contract, first: readonly Side[]): Change[] {
  return first.flatMap(side =>
    (side === 'child' ? compareContracts(before, after) : compareContracts(after, before)).map(
      (difference): Change => ({ first: side, ...difference }),
    ),
  )
}

/** The differences for people, one a line, breaking ones first. */
export function describeDiff(changes: readonly Change[], first: readonly Side[]): string {
  if (changes.length === 0) return 'No difference matters to either side.\n'
  return first
    .map(side =>
      describeSide(
        changes.filter(change => change.first === side),
        side,
      ),
    )
    .join('\n')
}

function describeSide(changes: readonly Change[], first: Side): string {
  const breaking = changes.filter(change => change.breaking)
  const compatible = changes.filter(change => !change.breaking)
  const head = `A new ${first} with an old ${first === 'child' ? 'host' : 'child'}: ${breaking.length} breaking, ${compatible.length} compatible\n`
  return (
    head +
    breaking.map(each => line('breaking', each)).join('') +
    compatible.map(each => line('compatible', each)).join('')
  )
}

const line = (word: string, { side, member, path, message }: Change): string =>
  `  ${word.padEnd(11)} ${side} ${member}${path === '' ? '' : ` ${path}`}: ${message}\n`
