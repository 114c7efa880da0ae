import type { Output } from '../transport/stream-writer.js'

/**
 * Takes this program's stdout for the protocol: what else is written to `process.stdout` from now on, by `console.log`
 * first of all, goes to stderr. (A native write to descriptor 1 is not caught; the host sees it as a plain line.)
 */
export function ownStdout(): Output {
  const { stdout, stderr } = process
  const write = stdout.write.bind(stdout)
  const end = stdout.end.bind(stdout)
  stdout.write = stderr.write.bind(stderr)
  // Ending stdout, as a pipe into it does, concerns only what was written to it.
  stdout.end = (...args: unknown[]) => {
    const text = args.find(arg => typeof arg === 'string' || arg instanceof Uint8Array)
    const done = args.find(arg => typeof arg === 'function') as (() => void) | undefined
    if (text !== undefined) stderr.write(text)
    if (done !== undefined) process.nextTick(done)
    return stdout
  }
  return {
    write: (data, encoding, done) => write(data, encoding, done),
    end: () => end(),
    keepsNoBytes: true,
    on: (event: 'error' | 'close', listener: (error: Error) => void) => stdout.on(event, listener),
  }
}
