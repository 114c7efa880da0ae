/** How often a program from which something is awaited is probed, in milliseconds. */
const every = 250

/** How long a program that has closed its stdin may keep running, in milliseconds, before it counts as one that lives on. */
export const stdinGrace = 500

/** Probes whether a program still reads its stdin while something is awaited from it: only writing tells. */
export class InputProbe {
  readonly #isAwaited: () => boolean
  readonly #probe: () => void
  #timer: NodeJS.Timeout | undefined

  constructor(isAwaited: () => boolean, probe: () => void) {
    this.#isAwaited = isAwaited
    this.#probe = probe
  }

  /** Something is awaited. It ends by itself, at its next turn: with one call after the other it would begin and end with each. */
  begin(): void {
    this.#timer ??= setInterval(() => {
      if (this.#isAwaited()) this.#probe()
      else this.stop()
    }, every).unref()
  }

  stop(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
  }
}
