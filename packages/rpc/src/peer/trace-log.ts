import { createWriteStream } from 'node:fs'

import type { Trace, TraceEvent } from './trace.js'

/** What must not be written down: names of members, at any depth, or a function that returns what to write instead. */
export type Redact = readonly string[] | ((value: unknown, key: string) => unknown)

export interface TraceLogOptions {
  redact?: Redact | undefined
  /**
   * The longest text of one message, in characters; the rest is left out. Default: 200, in a file: all of it. In a file the
   * message is then a string that holds the beginning of its text.
   */
  maxLength?: number | undefined
}

/** A trace for people: `→ add #1 {"a":1,"b":2}`, `← add #1 3 (0.4 ms)`. Writes to stderr by default. */
export function traceLog(
  options: TraceLogOptions & { write?: ((line: string) => void) | undefined } = {},
): Trace {
  const write = options.write ?? ((line: string) => void process.stderr.write(`${line}\n`))
  const text = writer(options.redact, options.maxLength ?? 200)
  return event => write(describe(event, text))
}

/** A trace into a file: one JSON object a line, with time, direction and message, for programs to read. */
export function wireLog(file: string, options: TraceLogOptions = {}): Trace & { close(): Promise<void> } {
  const stream = createWriteStream(file, { flags: 'a' })
  // A log that cannot be written must not end the program; all that can be done is to say so on stderr.
  stream.on('error', error => console.error(`simple-ipc: the wire log cannot be written: ${error.message}`))
  const { redact, maxLength = Infinity } = options
  const text = writer(redact, Infinity)
  // A line stays JSON.
  const json = (message: unknown): string => {
    const whole = text(message)
    return whole.length > maxLength ? JSON.stringify(shortened(whole, maxLength)) : whole
  }
  const trace = ({ direction, message, ms }: TraceEvent): void => {
    const took = ms === undefined ? '' : `,"ms":${ms.toFixed(3)}`
    stream.write(
      `{"at":"${new Date().toISOString()}","direction":"${direction}"${took},"message":${json(message)}}\n`,
    )
  }
  return Object.assign(trace, { close: () => new Promise<void>(resolve => stream.end(resolve)) })
}

function describe(
  { direction, kind, method, id, message, ms }: TraceEvent,
  text: (value: unknown, name: string) => string,
): string {
  const arrow = direction === 'out' ? '→' : '←'
  const name = method ?? '(unknown)'
  const number = id === undefined ? '' : ` #${id ?? 'null'}`
  const { params, result, error } = message as { params?: unknown; result?: unknown; error?: unknown }
  const took = ms === undefined ? '' : ` (${ms.toFixed(1)} ms)`
  if (kind !== 'response')
    return `${arrow} ${name}${number}${params === undefined ? '' : ` ${text(params, 'params')}`}`
  const answer = error === undefined ? text(result ?? null, 'result') : `failed: ${text(error, 'error')}`
  return `${arrow} ${name}${number} ${answer}${took}`
}

/** Makes text of a value; `name` is its member's name, if it has one: it may have to be redacted. */
function writer(redact: Redact | undefined, maxLength: number): (value: unknown, name?: string) => string {
  const names = typeof redact === 'object' ? new Set(redact) : undefined
  const replace =
    typeof redact === 'function'
      ? (key: string, value: unknown) => redact(value, key)
      : (key: string, value: unknown) => (names?.has(key) === true ? '…' : value)
  const replaceIn = (name: string): typeof replace => {
    let isRoot = true
    return (key, value) => {
      const known = isRoot ? name : key
      isRoot = false
      return replace(known, value)
    }
  }
  return (value, name = '') => {
    const replacer = redact === undefined ? undefined : replaceIn(name)
    const text = JSON.stringify(value, replacer) as string | undefined
    if (text === undefined) return 'null'
    return text.length > maxLength ? shortened(text, maxLength) : text
  }
}

const shortened = (text: string, length: number): string =>
  `${text.slice(0, length)}… (${text.length} characters)`
