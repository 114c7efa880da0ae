import type { WorkerLog } from './log.js'

/** After this many milliseconds without any output it is said what may be the reason. */
const patience = 2000

/**
 * A program that was sent something and has written nothing: its output may be block-buffered, and whoever waits for a reply
 * without a timeout would never learn it. Once for each worker; with `verbose`, for each run, and whatever was sent.
 */
export class SilenceWatch {
  readonly #log: WorkerLog
  #timer: NodeJS.Timeout | undefined
  #answered = false
  #said = false

  constructor(log: WorkerLog) {
    this.#log = log
  }

  /** Something was sent. @param hint why nothing may have come; undefined when something has */
  sent(hint: () => string | undefined): void {
    if (this.#log.verbose) this.#watch(hint, message => this.#log.info(message))
  }

  /** A reply is waited for, without a timeout. @param hint as above, and undefined when it is no longer waited for */
  waiting(hint: () => string | undefined): void {
    if (this.#log.verbose || this.#answered || this.#said) return
    this.#watch(hint, message => {
      this.#said = true
      this.#log.warn(message)
    })
  }

  /** It has written something: its output arrives. */
  answered(): void {
    this.#answered = true
    this.over()
  }

  /** The run is over. */
  over(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  #watch(hint: () => string | undefined, say: (message: string) => void): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      const why = hint()
      if (why !== undefined) say(`no output yet: ${why}`)
    }, patience).unref()
  }
}
