import childProcess, { ChildProcess } from 'node:child_process'
import { syncBuiltinESMExports } from 'node:module'

type Stdio = unknown
interface Options {
  stdio?: Stdio
}

/**
 * Keeps subprocesses that inherit this program's stdin and stdout away from the protocol: theirs are the null device and
 * stderr. Otherwise one could read requests, or write into an answer that is half written. Node cannot move
 * descriptors, nor open a second time what 0 and 1 are (sockets, mostly), so it is done where a subprocess is started.
 */
export function guardDescriptors(): void {
  // What spawn, exec, execFile, fork and cluster come to.
  const prototype = ChildProcess.prototype as unknown as { spawn: (options: Options) => unknown }
  const { spawn } = prototype
  prototype.spawn = function (options) {
    return spawn.call(this, guarded(options))
  }
  for (const name of ['spawnSync', 'execSync', 'execFileSync'] as const) {
    const start = childProcess[name] as (...args: never[]) => unknown
    childProcess[name] = ((...args: unknown[]) => start(...(args.map(guardedArgument) as never[]))) as never
  }
  syncBuiltinESMExports()
}

/** The options are the last argument, wherever that is; the others are a text and a list. */
const guardedArgument = (argument: unknown): unknown =>
  typeof argument === 'object' && argument !== null && !Array.isArray(argument) ? guarded(argument) : argument

const guarded = (options: Options): Options =>
  options.stdio === undefined ? options : { ...options, stdio: guardedStdio(options.stdio) }

/** The same stdio, with the null device for our stdin and stderr for our stdout. */
export function guardedStdio(stdio: Stdio): Stdio {
  if (stdio === 'inherit') return ['ignore', 2, 2]
  if (!Array.isArray(stdio)) return stdio
  return stdio.map((one: unknown, index) => {
    const descriptor = one === 'inherit' ? index : descriptorOf(one)
    return descriptor === 0 ? 'ignore' : descriptor === 1 ? 2 : one
  })
}

function descriptorOf(one: unknown): number | undefined {
  if (typeof one === 'number') return one
  if (one === process.stdin) return 0
  return one === process.stdout ? 1 : undefined
}
