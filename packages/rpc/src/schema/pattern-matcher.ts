import type { PatternProgram } from './pattern-program.js'
import { PointColumns } from './point-columns.js'

/** Where all paths are between two code points. */
interface State {
  /** Their steps, before those are followed that take no code point: a border of a word depends on the next one. */
  readonly steps: readonly number[]
  readonly isStart: boolean
  readonly afterWord: boolean
  /** By the column of the next code point; undefined where no text went yet. */
  readonly next: (State | undefined)[]
  /** Whatever follows cannot change whether the text matches. */
  readonly decided: boolean
  matchesAtEnd: boolean | undefined
}

/** Far more than patterns need that people write. */
const mostStates = 1000

/**
 * Matches a pattern in time that is at most the length of the text times the steps of the pattern. It follows all paths
 * at once and remembers where they led, so most code points cost one look into a table.
 */
export class PatternMatcher {
  /** How many code points and steps were looked at. */
  work = 0
  private readonly program: PatternProgram
  private readonly columns: PointColumns
  private readonly states = new Map<string, State>()
  private readonly start: State
  /** A match is certain, whatever follows. */
  private readonly matched = newState([], false, false)
  /** Where a match can begin behind the first code point. */
  private readonly later: readonly number[]
  /** By step, the last search that came there. */
  private readonly visits: Uint32Array
  private search = 0

  constructor(program: PatternProgram) {
    this.program = program
    this.columns = new PointColumns(program.classes)
    this.start = newState([program.first], true, false)
    this.visits = new Uint32Array(program.steps.length)
    this.later = canBeginLater(program) ? [program.first] : []
  }

  /** Does the pattern match somewhere in a text, which must be well-formed? */
  test(text: string): boolean {
    // What one text filled must not make the next ones slow.
    if (this.states.size >= mostStates) this.forget()
    const { ascii } = this.columns
    const { length } = text
    let state = this.start
    for (let at = 0; at < length; at++) {
      const unit = text.charCodeAt(at)
      let column = unit < 128 ? (ascii[unit] ?? 0) : 0
      if (column === 0) {
        const point = text.codePointAt(at) ?? 0
        if (point > 0xffff) at++
        column = this.columns.of(point)
      }
      state = state.next[column] ?? this.follow(state, column)
      if (state.decided) return state === this.matched
    }
    state.matchesAtEnd ??= this.reach(state, true, state.afterWord) === undefined
    return state.matchesAtEnd
  }

  private forget(): void {
    this.states.clear()
    this.start.next.length = 0
  }

  private follow(state: State, column: number): State {
    const isWord = this.program.hasWords && this.columns.words[column] === true
    const reached = this.reach(state, false, state.afterWord !== isWord)
    const next = reached === undefined ? this.matched : this.take(reached, column, isWord)
    if (this.states.size < mostStates) state.next[column] = next
    return next
  }

  /** The steps that take a code point next; undefined if all that a match needs is there. */
  private reach(state: State, isEnd: boolean, isBorder: boolean): number[] | undefined {
    const { steps } = this.program
    const passes = { start: state.isStart, end: isEnd, word: isBorder, 'not-word': !isBorder }
    const reached: number[] = []
    const waiting = [...state.steps]
    const search = ++this.search
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      if (this.visits[at] === search) continue
      this.visits[at] = search
      this.work++
      const step = steps[at]
      if (step === undefined || step.op === 'match') return undefined
      if (step.op === 'take') reached.push(at)
      else if (step.op === 'split') waiting.push(step.other, step.next)
      else if (passes[step.op]) waiting.push(step.next)
    }
    return reached
  }

  private take(reached: readonly number[], column: number, isWord: boolean): State {
    const members = this.columns.members[column]
    const next = new Set(this.later)
    for (const at of reached) {
      const step = this.program.steps[at]
      if (step?.op === 'take' && members?.[step.class] === true) next.add(step.next)
    }
    const steps = [...next].sort((one, other) => one - other)
    const key = `${isWord ? 'w' : ''}${steps.join()}`
    const known = this.states.get(key)
    if (known !== undefined) return known
    const state = newState(steps, false, isWord)
    if (this.states.size < mostStates) this.states.set(key, state)
    return state
  }
}

const newState = (steps: readonly number[], isStart: boolean, afterWord: boolean): State => ({
  decided: steps.length === 0,
  steps,
  isStart,
  afterWord,
  next: [],
  matchesAtEnd: undefined,
})

/** Is there a path that does not begin at the start of the text? */
export function canBeginLater({ steps, first }: PatternProgram): boolean {
  const seen = new Set<number>()
  const waiting = [first]
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const step = steps[at]
    if (step === undefined || seen.has(at) || step.op === 'start') continue
    if (step.op === 'take' || step.op === 'match') return true
    seen.add(at)
    waiting.push(step.next)
    if (step.op === 'split') waiting.push(step.other)
  }
  return false
}
