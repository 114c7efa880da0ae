import { InputProbe, stdinGrace } from '../base/input-probe.js'

/** Callbacks of an InputWatch. */
export interface WatchedInput {
  /** Finds out whether the program still reads. */
  readonly probe: () => void
  /** Whether the program is asked something. */
  readonly asking: () => boolean
  /** It does not read, has not exited, and is asked something. */
  deaf(): void
}

/** Notices that a program has closed its stdin while it is asked something: only writing to it tells. */
export class InputWatch {
  readonly #input: WatchedInput
  readonly #probe: InputProbe
  #closed: NodeJS.Timeout | undefined
  #over = false

  constructor(input: WatchedInput) {
    this.#input = input
    this.#probe = new InputProbe(input.asking, input.probe)
  }

  /** Something was asked. */
  begin(): void {
    if (!this.#over) this.#probe.begin()
  }

  /** The program no longer reads. */
  closed(): void {
    if (this.#over) return
    this.#probe.stop()
    this.#closed ??= setTimeout(() => this.#input.deaf(), stdinGrace)
  }

  /** The program has exited. */
  end(): void {
    this.#over = true
    this.#probe.stop()
    clearTimeout(this.#closed)
  }
}
