import { callback, either, milliseconds, object, oneOf, string } from '../options/kinds.js'
import { nestedOptions, type OptionTable } from '../options/option-table.js'

/** How long each step of a stop may take, in milliseconds. */
export interface StopGrace {
  /** From the end of the program's input to SIGTERM, in milliseconds; 0 sends it at once. Default: 2,000. */
  input?: number
  /** From SIGTERM to SIGKILL, in milliseconds; 0 sends it at once. Default: 2,000. */
  term?: number
}

/** `inherit`: the host's own; `minimal`: PATH, HOME, locale and the like; an object: exactly these. */
export type Environment = 'inherit' | 'minimal' | Readonly<Record<string, string | undefined>>

/**
 * `inherit`: the host's own stderr; `ignore`: nowhere; `tee`: passed on, and its end kept for the exit report; a
 * function: called with each line, and the end is kept.
 */
export type StderrMode = 'inherit' | 'ignore' | 'tee' | ((line: string) => void)

export interface ProgramOptions {
  /** The folder in which the program runs. Default: the host's. */
  cwd?: string | undefined
  /**
   * The program's environment: `inherit`, the host's own; `minimal`, PATH, HOME, locale and the like, without secrets; or
   * an object with exactly the variables to set. Default: `inherit`.
   */
  env?: Environment | undefined
  /**
   * Where the program's stderr goes: `inherit`, to the host's own; `ignore`, nowhere; `tee`, to the host's own, and its
   * end is kept for the exit report; or a function that is called with each line, and the end is kept, too. Default:
   * `inherit`.
   */
  stderr?: StderrMode | undefined
  /** How long each step of a stop may take. Default: `{ input: 2000, term: 2000 }`. */
  stop?: StopGrace | undefined
  /** What becomes of processes that the program leaves in its group when it ends: `kill` or `keep`. Default: `kill`. */
  leftovers?: 'kill' | 'keep' | undefined
}

export const stopGraceTable = {
  input: { kind: milliseconds, default: 2000 },
  term: { kind: milliseconds, default: 2000 },
} satisfies OptionTable<StopGrace>

export const programOptionTable = {
  cwd: { kind: string, otherwise: "the host's" },
  env: {
    kind: either(oneOf('inherit', 'minimal'), object<Readonly<Record<string, string | undefined>>>()),
    default: 'inherit',
  },
  stderr: {
    kind: either(oneOf('inherit', 'ignore', 'tee'), callback<(line: string) => void>()),
    default: 'inherit',
  },
  stop: { kind: nestedOptions<StopGrace>(stopGraceTable), otherwise: '`{ input: 2000, term: 2000 }`' },
  leftovers: { kind: oneOf('kill', 'keep'), default: 'kill' },
} satisfies OptionTable<ProgramOptions>
