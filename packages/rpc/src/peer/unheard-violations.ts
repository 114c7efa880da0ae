import { inspect } from 'node:util'

import { printable } from '@simple-ipc/worker'

import type { ViolationDetails } from '../errors/protocol-errors.js'

const longestValue = 300

/**
 * Writes to stderr that a value of the other side did not fit, where the user has no callback for it. A program that errs
 * errs a thousand times: of each kind the first is written, then the tenth, the hundredth and so on.
 */
export class UnheardViolations {
  /** How often, by the sentence up to the place in the value. */
  private readonly counts = new Map<string, number>()

  say(message: string, { value }: ViolationDetails): void {
    this.write(message.slice(0, message.indexOf(': ')), message, () => `; it was ${shortened(value)}`)
  }

  /** Of what is no value: messages that differ in their numbers only are of one kind. */
  warn(message: string): void {
    this.write(message.replace(/\d+/g, ''), message, () => '')
  }

  private write(kind: string, message: string, more: () => string): void {
    const count = (this.counts.get(kind) ?? 0) + 1
    this.counts.set(kind, count)
    if (!/^10*$/.test(`${count}`)) return
    const times = count === 1 ? '' : ` (${count} times)`
    console.error(`simple-ipc: ${message}${times}${more()}`)
  }
}

function shortened(value: unknown): string {
  const text = inspect(value, {
    breakLength: Infinity,
    compact: true,
    depth: 4,
    maxArrayLength: 10,
    maxStringLength: 100,
  })
  return printable(text.length > longestValue ? `${text.slice(0, longestValue)}…` : text)
}
