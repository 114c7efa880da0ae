import { afterReading, InputProbe, stdinGrace, type ExitReport, type Worker } from '@simple-ipc/worker'

/** How long a program may keep running after it has closed a pipe, in milliseconds. */
const graces = { stdout: 1_000, stdin: stdinGrace }

type Pipe = keyof typeof graces

/** Reports a program that has closed its stdin or stdout but is still running: it cannot answer any more. */
export class PipeEnds {
  readonly #probe: InputProbe
  #timer: NodeJS.Timeout | undefined
  #isBusy = false

  constructor(worker: Worker, ended: (report: ExitReport, pipe: Pipe) => void) {
    this.#probe = new InputProbe(
      () => this.#isBusy,
      () => worker.probe(),
    )
    const watch = (pipe: Pipe): void => {
      const timer = setTimeout(
        () =>
          afterReading(() => {
            if (this.#timer === timer) ended(worker.exitReport(), pipe)
          }),
        graces[pipe],
      )
      clearTimeout(this.#timer)
      this.#timer = timer
    }
    const clear = (): void => {
      clearTimeout(this.#timer)
      this.#timer = undefined
    }
    worker.on('stdout-end', () => watch('stdout'))
    worker.on('stdin-close', () => {
      if (this.#timer === undefined) watch('stdin')
    })
    worker.on('exit', clear)
    worker.on('close', clear)
  }

  /** The first call was made, or the last one has ended. */
  busy(busy: boolean): void {
    this.#isBusy = busy
    if (busy) this.#probe.begin()
  }
}
