import type { PatternProgram, PatternStep } from './pattern-program.js'
import { overlap, pointRanges, type Range } from './point-ranges.js'

/** A pattern that is searched at each place and is not longer than this costs little at each. */
const fewSteps = 24
/** Looking at more steps is not worth what it saves. */
const mostLooks = 20_000

/** What a path needs next: one of these code points, or the end. */
type Needs = readonly Range[] | 'end'

/**
 * Does the next code point always say how a pattern goes on, and does it begin at one place only? Then JavaScript's
 * engine, which tries one path after the other, never goes back, and its time grows with the text and no faster. False
 * where that is not quick to see.
 */
export function hasOnePath(program: PatternProgram, canBeginLater: boolean): boolean {
  if (program.hasWords) return false
  if (canBeginLater && (program.steps.length > fewSteps || hasLoop(program.steps))) return false
  const ranges = program.classes.map(pointRanges)
  let looks = 0
  /** Undefined where a class is not known, or two paths lead to the same step. */
  const needsFrom = (first: number): Needs[] | undefined => {
    const needs: Needs[] = []
    const seen = new Set<number>()
    const waiting = [first]
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      const step = program.steps[at]
      if (step === undefined || seen.has(at) || ++looks > mostLooks) return undefined
      seen.add(at)
      if (step.op === 'take') {
        const known = ranges[step.class]
        if (known === undefined) return undefined
        needs.push(known)
      } else if (step.op === 'match' || step.op === 'end') needs.push('end')
      else if (step.op === 'split') waiting.push(step.next, step.other)
      else waiting.push(step.next)
    }
    return needs
  }
  return program.steps.every(step => {
    if (step.op !== 'split') return true
    const [some, others] = [needsFrom(step.next), needsFrom(step.other)]
    return (
      some !== undefined &&
      others !== undefined &&
      !some.some(one => others.some(other => collide(one, other)))
    )
  })
}

const collide = (one: Needs, other: Needs): boolean =>
  one === 'end' || other === 'end' ? one === other : overlap(one, other)

/** A step is written behind those that follow it, except in a loop. */
const hasLoop = (steps: readonly PatternStep[]): boolean =>
  steps.some((step, at) => step.op === 'split' && step.next > at)
