import { SingleBar } from 'cli-progress'
import { byteSize } from './report.js'

/** Small files are done before a bar could be read. */
const smallest = 8_000_000

/** How far the reading is, on stderr: a bar on a terminal, else a line every few seconds. */
export class ProgressBar {
  #bar: SingleBar | undefined

  update({ read, total, rows }: { read: number; total: number; rows: number }): void {
    if (total < smallest) return
    const payload = { done: byteSize(read), size: byteSize(total), rows: rows.toLocaleString('en-US') }
    if (this.#bar === undefined) {
      this.#bar = new SingleBar({
        format: 'Reading {bar} {percentage}%  {done} of {size}  {rows} rows  {eta_formatted} left',
        barsize: 20,
        barCompleteChar: '█',
        barIncompleteChar: '░',
        etaBuffer: 50,
        fps: 10,
        hideCursor: true,
        clearOnComplete: true,
        noTTYOutput: true,
        notTTYSchedule: 5000,
        stream: process.stderr,
      })
      this.#bar.start(total, read, payload)
    }
    this.#bar.update(read, payload)
  }

  /** Removes the bar; nothing if there is none. */
  end(): void {
    this.#bar?.stop()
    this.#bar = undefined
  }
}
