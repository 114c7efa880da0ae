import path from 'node:path'
import { printable } from './printable.js'
import { firstBytes, resolveProgram, type StartAttempt } from './resolve-program.js'
import { listHint } from './start-error.js'

/** How to make well-known programs write each line at once. */
const unbuffered: readonly [RegExp, string][] = [
  [/^python[\d.]*$|^pypy/, 'start it as python3 -u, or set PYTHONUNBUFFERED=1, or print(…, flush=True)'],
  [/^sed$/, 'start it as sed -u'],
  [/^e?grep$|^rg$/, 'start it with --line-buffered'],
  [/^jq$/, 'start it as jq --unbuffered'],
  [/^(g|m|n)?awk$/, 'call fflush() after each print'],
  [/^perl$/, 'set $| = 1'],
  [/^ruby/, 'set $stdout.sync = true'],
]

/** For a program that was sent something and has written nothing. */
export function silenceHint(command: readonly [string, ...string[]]): string {
  const name = path.basename(command[0]).replace(/\.exe$/i, '')
  const how = unbuffered.find(([program]) => program.test(name))?.[1]
  const cure = how ?? `flush stdout in the program, or start it as stdbuf -oL ${printable(name, 40)} …`
  return `its output may be block-buffered: most programs keep what they write to a pipe until some 4096 bytes have gathered; ${cure}`
}

/** What is known of a run that ended. */
export interface Ended {
  code: number | null
  signal: string | null
  /** Whether it was told to end. */
  stopped: boolean
  /** Whether it wrote nothing to stdout. */
  silent: boolean
  /** Whether its output was not read to its end. */
  isCut: boolean
}

/** What the way in which a program ended often means. */
export function exitHint(
  attempt: StartAttempt,
  { code, signal, stopped, silent, isCut }: Ended,
): string | undefined {
  if (isCut)
    return 'something that it left behind wrote more than 64 MiB into its stdout after it had exited; the rest was not read'
  if (stopped) return undefined
  if (signal === 'SIGKILL')
    return 'killed from outside: often the system ran out of memory (see dmesg), or a limit of its container'
  if (signal === 'SIGPIPE') return 'it wrote to a pipe that nobody reads'
  if (signal === 'SIGSEGV' || signal === 'SIGBUS' || signal === 'SIGABRT' || signal === 'SIGILL')
    return 'it crashed: a bug in it or in a native library that it loads'
  // Quotes that were left as they are need not make a program fail: to Python, "print(1)" is a string.
  const list = code === 0 && !silent ? undefined : listHint(attempt)
  if (list !== undefined) return list
  if (code !== 2 && code !== 126 && code !== 127) return undefined
  return noProgram(attempt) ?? (code === 127 ? 'a shell says 127 when a command was not found' : undefined)
}

/** The system hands a file that it cannot execute to `sh`, which then stumbles over it. */
function noProgram(attempt: StartAttempt): string | undefined {
  const file = resolveProgram(attempt)
  const head = file === undefined ? undefined : firstBytes(file)
  if (!head || head.length < 20 || head.toString('latin1', 0, 2) === '#!') return undefined
  if (head.toString('latin1', 1, 4) !== 'ELF')
    return `${printable(file ?? '')} has no #! line, so sh was asked to run it; if it is no shell script, name its interpreter`
  return head.readUInt16LE(18) === firstBytes(process.execPath).readUInt16LE(18)
    ? undefined
    : `${printable(file ?? '')} was built for another processor`
}
