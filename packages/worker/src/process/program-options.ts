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

/** Throws a TypeError for a grace that is no time. */
export function checkGrace(grace: StopGrace): void {
  for (const [name, value] of Object.entries(grace) as [string, unknown][]) {
    if (name !== 'input' && name !== 'term')
      throw new TypeError(`A stop has no rung '${name}': pass input or term`)
    if (value !== undefined && !(typeof value === 'number' && value >= 0))
      throw new TypeError(`The grace '${name}' of a stop must be milliseconds, 0 or more`)
  }
}
