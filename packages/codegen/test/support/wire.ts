import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { once } from 'node:events'
import { createInterface, type Interface } from 'node:readline'

/** A child that is spoken to by hand, line by line. */
export class Wire {
  readonly child: ChildProcessWithoutNullStreams
  readonly lines: Interface
  private readonly answers: AsyncIterableIterator<string>

  constructor([program = '', ...args]: readonly string[]) {
    this.child = spawn(program, args, { stdio: 'pipe' })
    this.lines = createInterface({ input: this.child.stdout })
    this.answers = this.lines[Symbol.asyncIterator]()
    this.child.stdin.on('error', () => undefined)
  }

  send(...messages: string[]): this {
    this.child.stdin.write(messages.map(message => `${message}\n`).join(''))
    return this
  }

  /** The next line, read; undefined when there is none any more. */
  async next(): Promise<unknown> {
    const { value } = (await this.answers.next()) as { value?: string }
    return value === undefined ? undefined : JSON.parse(value)
  }

  async exit(): Promise<number | null> {
    if (this.child.exitCode === null && this.child.signalCode === null) await once(this.child, 'exit')
    return this.child.exitCode
  }
}
