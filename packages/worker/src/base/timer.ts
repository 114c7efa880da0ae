/** The longest delay of a timer in Node, in milliseconds: a longer one would fire at once. */
export const longestDelay = 2 ** 31 - 1

/** A timer; none where there is no limit, or one of more than 24 days. Every duration of an option comes here. */
export function startTimer(ms: number | undefined, fire: (ms: number) => void): NodeJS.Timeout | undefined {
  return ms === undefined || ms > longestDelay ? undefined : setTimeout(fire, ms, ms)
}

/**
 * Calls back when what has arrived by now was read. A deadline that ran out while this program was busy is no fault of a program
 * whose answer lies in the pipe: timers come first after that, then what is to be read, then what setImmediate was given.
 */
export function afterReading(go: () => void): void {
  setImmediate(() => setImmediate(go))
}
