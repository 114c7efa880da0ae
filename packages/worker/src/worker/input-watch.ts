/** How often a program from which something is awaited is probed, in milliseconds. */
const every = 250
/** A program that has not exited this many milliseconds after its stdin was closed is taken to go on running. */
const grace = 500

/** Callbacks of an InputWatch. */
export interface WatchedInput {
  /** Finds out whether the program still reads. */
  probe(): void
  /** Whether the program is asked something. */
  asking(): boolean
  /** It does not read, has not exited, and is asked something. */
  deaf(): void
}

/** Notices that a program has closed its stdin while it is asked something: only writing to it tells. */
export class InputWatch {
  readonly #input: WatchedInput
  #probing: NodeJS.Timeout | undefined
  #closed: NodeJS.Timeout | undefined
  #over = false

  constructor(input: WatchedInput) {
    this.#input = input
  }

  /** Something was asked. */
  begin(): void {
    if (this.#probing !== undefined || this.#over) return
    this.#probing = setInterval(() => {
      if (this.#input.asking()) this.#input.probe()
      else this.#pause()
    }, every).unref()
  }

  /** The program no longer reads. */
  closed(): void {
    if (this.#over) return
    this.#pause()
    this.#closed ??= setTimeout(() => this.#input.deaf(), grace)
  }

  /** The program has exited. */
  end(): void {
    this.#over = true
    this.#pause()
    clearTimeout(this.#closed)
  }

  #pause(): void {
    clearInterval(this.#probing)
    this.#probing = undefined
  }
}
