import type { LineSink } from '../lines/split-lines.js'
import type { Logger } from './log.js'
import type { RestartOptions } from './restart-policy.js'
import { describeValue } from '../errors/describe-value.js'
import { checkGrace, type ProgramOptions } from '../process/program-options.js'

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

type Kind = 'boolean' | 'string' | 'function' | 'object' | 'number' | 'signal'

const kinds: Readonly<Record<keyof WorkerOptions, readonly (Kind | { is: string })[]>> = {
  start: ['boolean'],
  verbose: ['boolean', 'object'],
  cwd: ['string'],
  env: [{ is: 'inherit' }, { is: 'minimal' }, 'object'],
  trim: ['boolean'],
  stderr: [{ is: 'inherit' }, { is: 'ignore' }, { is: 'tee' }, 'function'],
  maxLineBytes: ['number'],
  stop: ['object'],
  restart: ['object'],
  leftovers: [{ is: 'kill' }, { is: 'keep' }],
  signal: ['signal'],
  decoder: ['function'],
}

/** A copy of the options. Throws a TypeError for one that does not exist or has a value of the wrong kind. */
export function checkOptions(options: unknown = {}): WorkerOptions {
  if (typeof options !== 'object' || options === null || Array.isArray(options))
    throw new TypeError(`The options must be an object, not ${describeValue(options)}: pass { start: false }`)
  for (const [name, value] of Object.entries(options) as [string, unknown][]) {
    if (!Object.hasOwn(kinds, name))
      throw new TypeError(`There is no option '${name}': pass any of ${Object.keys(kinds).join(', ')}`)
    const wanted = kinds[name as keyof WorkerOptions]
    if (value === undefined || wanted.some(kind => fits(value, kind))) continue
    const shape = typeof value === 'string' ? `'${value}'` : describeValue(value)
    throw new TypeError(`The option '${name}' is ${shape}: pass ${wanted.map(describe).join(' or ')}`)
  }
  checkNumbers(options)
  return { ...options }
}

function fits(value: unknown, kind: Kind | { is: string }): boolean {
  if (typeof kind === 'object') return value === kind.is
  if (kind === 'signal') return value instanceof AbortSignal
  return typeof value === kind && value !== null && !Array.isArray(value)
}

function describe(kind: Kind | { is: string }): string {
  if (typeof kind === 'object') return `'${kind.is}'`
  if (kind === 'signal') return 'an AbortSignal'
  return kind === 'object' ? 'an object' : `a ${kind}`
}

function checkNumbers({ maxLineBytes, stop, restart, verbose }: WorkerOptions): void {
  if (maxLineBytes !== undefined && !(Number.isInteger(maxLineBytes) && maxLineBytes > 0))
    throw new TypeError(`The option 'maxLineBytes' is ${maxLineBytes}: pass a positive integer`)
  if (stop) checkGrace(stop)
  if (restart && !(Number.isInteger(restart.max) && restart.max > 0 && restart.withinMs > 0))
    throw new TypeError(
      `The option 'restart' needs a positive integer 'max' and a positive 'withinMs': { max: 3, withinMs: 60_000 }`,
    )
  if (restart) checkRestart(restart)
  const logger: unknown = verbose
  if (typeof logger !== 'object' || logger === null) return
  for (const name of ['info', 'error'] as const)
    if (typeof (logger as Partial<Logger>)[name] !== 'function')
      throw new TypeError(
        `The option 'verbose' has no function '${name}': pass true, console, or any logger with info and error`,
      )
}

function checkRestart({ backoff = {}, when }: RestartOptions): void {
  const { initial = 0, factor = 1, max = 0, jitter = 0 } = backoff
  if (!(initial >= 0 && max >= 0 && factor >= 1 && jitter >= 0 && jitter <= 1))
    throw new TypeError(
      `The 'backoff' of a restart needs milliseconds for 'initial' and 'max', a 'factor' from 1 up and a 'jitter' from 0 to 1`,
    )
  if (when !== undefined && !['failure', 'always'].includes(when))
    throw new TypeError(`The 'when' of a restart is '${when as string}': pass 'failure' or 'always'`)
}
