import { callback, either, milliseconds, object, oneOf, string } from '../options/kinds.js'
import { nestedOptions, type OptionTable } from '../options/option-table.js'

/** How long each rung of a stop may take, in milliseconds. */
export interface StopGrace {
  /** From the end of the program's input to SIGTERM. Default 2000; 0 goes to SIGTERM at once. */
  input?: number
  /** From SIGTERM to SIGKILL. Default 2000; 0 goes to SIGKILL at once. */
  term?: number
}

/** `inherit`: the host's own; `minimal`: PATH, HOME, locale and the like; an object: exactly these. */
export type Environment = 'inherit' | 'minimal' | Readonly<Record<string, string | undefined>>

/**
 * `inherit`: the host's own stderr; `ignore`: nowhere; `tee`: passed on, and its end kept for the exit report; a
 * function: gets each line, and the end is kept.
 */
export type StderrMode = 'inherit' | 'ignore' | 'tee' | ((line: string) => void)

export interface ProgramOptions {
  /** The folder in which the program runs. Default: the host's. */
  cwd?: string | undefined
  /** The program's environment. Default: `inherit`. */
  env?: Environment | undefined
  /** Where the program's stderr goes. Default: `inherit`. */
  stderr?: StderrMode | undefined
  /** The grace of each rung of a stop. */
  stop?: StopGrace | undefined
  /** What becomes of processes that the program leaves in its group when it ends. Default: `kill`. */
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
  stop: { kind: nestedOptions<StopGrace>(stopGraceTable) },
  leftovers: { kind: oneOf('kill', 'keep'), default: 'kill' },
} satisfies OptionTable<ProgramOptions>
