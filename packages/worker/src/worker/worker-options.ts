import { defaultMaxLineBytes, type LineSink } from '../lines/split-lines.js'
import { abortSignal, boolean, callback, either, positiveInteger, withFunctions } from '../options/kinds.js'
import { nestedOptions, type OptionTable } from '../options/option-table.js'
import { programOptionTable, type ProgramOptions } from '../process/program-options.js'
import type { Logger } from './log.js'
import { restartTable, type RestartOptions } from './restart-policy.js'

/** Takes the program's stdout in place of the line splitter; made anew for each run. */
export interface Decoder {
  push(chunk: Uint8Array): void
  /** Called once per run: at the end of stdout, or 1 s after the exit if something else holds stdout open. */
  end(): void
}

export interface WorkerOptions extends ProgramOptions {
  /** Whether to start at once. Default: true. */
  start?: boolean | undefined
  /** Says what happens, in words: on stderr (`true`) or to a logger such as `console`. Default: false. */
  verbose?: boolean | Logger | undefined
  /** Strips each line and skips blank ones, as the Python package does. Default: false. */
  trim?: boolean | undefined
  /** The longest line that is kept, in bytes; a longer one is skipped and reported. Default: 64 MiB. */
  maxLineBytes?: number | undefined
  /** Starts the program again when it fails. Default: never. */
  restart?: RestartOptions | undefined
  /** Stops the worker when aborted. */
  signal?: AbortSignal | undefined
  /** For protocol layers: takes the place of line splitting; hands lines that are no protocol on to `plain`. */
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
