import type { Readable } from 'node:stream'
import type { LastLines } from '../lines/last-lines.js'
import type { StderrMode } from './program-options.js'
import { LineSplitter } from '../lines/split-lines.js'
import { teeStderr } from './tee-stderr.js'

/** A longer line of stderr is cut: a progress bar is one line without end. */
const longest = 64 * 1024

/** Reads stderr to its end, whatever becomes of it, or the program would have to wait. Keeps its last lines. */
export function drainStderr(
  stderr: Readable,
  mode: StderrMode | undefined,
  kept: LastLines,
  ended: () => void,
): void {
  const take = (line: string): void => {
    kept.push(line)
    if (typeof mode === 'function') mode(line)
  }
  const splitter = new LineSplitter(
    { line: take, skipped: (head, bytes) => take(`${head.toString()}… (${bytes} bytes)`) },
    { maxLineBytes: longest },
  )
  stderr.on('data', (chunk: Buffer) => {
    if (mode === 'tee') teeStderr(chunk)
    splitter.push(chunk)
  })
  stderr.on('error', () => undefined)
  stderr.on('close', () => {
    splitter.end()
    ended()
  })
}
