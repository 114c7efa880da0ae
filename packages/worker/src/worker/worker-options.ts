import { defaultMaxLineBytes, type LineSink } from '../lines/split-lines.js'
import { abortSignal, boolean, callback, either, positiveInteger, withFunctions } from '../options/kinds.js'
import { nestedOptions, type OptionTable } from '../options/option-table.js'
import { programOptionTable, type ProgramOptions } from '../process/program-options.js'
import type { Logger } from './log.js'
import { restartTable, type RestartOptions } from './restart-options.js'

/** Takes the program's stdout in place of the line splitter; created for each run. */
export interface Decoder {
  push(chunk: Uint8Array): void
  /** Called once per run: at the end of stdout, or 1 s after the exit if something else holds stdout open. */
  end(): void
}

export interface WorkerOptions extends ProgramOptions {
  /** Start the program at once. Default: true. */
  start?: boolean | undefined
  /** Log what happens: on stderr (`true`), or to a logger with `info` and `error` such as `console`. Default: false. */
  verbose?: boolean | Logger | undefined
  /** Strip each line and skip blank ones, as the Python package does. Default: false. */
  trim?: boolean | undefined
  /** The longest line that is kept, in bytes; longer ones are skipped and reported. Default: 64 MiB. */
  maxLineBytes?: number | undefined
  /**
   * Restart the program when it fails: `{ max, withinMs, backoff?: { initial, factor, max, jitter }, when?: 'failure' |
   * 'always' }`. Default: never.
   */
  restart?: RestartOptions | undefined
  /** Stops the worker when aborted. */
  signal?: AbortSignal | undefined
  /** For protocols: replaces line splitting, and passes lines that are not part of the protocol on to `plain`. */
  decoder?: ((plain: LineSink) => Decoder) | undefined
}

export const workerOptionTable = {
  start: { kind: boolean, default: true },
  verbose: { kind: either(boolean, withFunctions<Logger>('info', 'error')), default: false },
  ...programOptionTable,
  trim: { kind: boolean, default: false },
  maxLineBytes: { kind: positiveInteger, default: defaultMaxLineBytes },
  restart: { kind: nestedOptions<RestartOptions>(restartTable), otherwise: 'never' },
  signal: { kind: abortSignal },
  decoder: { kind: callback() },
} satisfies OptionTable<WorkerOptions>
