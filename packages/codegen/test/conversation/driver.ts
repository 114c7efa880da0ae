import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

/** An error of a call, as the driver's language had it. */
export interface Failure {
  /** A number from the wire, or the local text. */
  code: number | string
  message: string
  data?: unknown
  /** The error's name, if it came as the typed error of its method. */
  declared?: string
}
export interface Outcome {
  result?: unknown
  error?: Failure
}
interface Answer extends Outcome {
  n: number
  failed?: string
  pid?: number
  items?: unknown[]
  done?: boolean
  values?: unknown[]
  code?: number | null
  signal?: string | null
}

/** How a driver starts its child; what is not said is the default. */
export interface Settings {
  /** Milliseconds from the end of the child's input to SIGTERM. */
  input?: number
  /** Milliseconds from SIGTERM to SIGKILL. */
  term?: number
  /** What is done before any other call is sent: the child is prepared, and that waits for `release`; or that fails. */
  onStart?: 'prepare' | 'fail'
}

/**
 * A program in some language with the generated client of the contract `conversation` in it. It does what it is told,
 * one JSON line each, and answers with the number of the command.
 */
export class Driver {
  readonly process: ChildProcessWithoutNullStreams
  /** Settles with the driver's exit code when it has ended. */
  readonly exited: Promise<number | null>
  private readonly waiting = new Map<number, (answer: Answer) => void>()
  private readonly errors: string[] = []
  private count = 0
  private names = 0
  private over = false

  /** @param host the driver's command @param child the command of the child that it shall start */
  constructor(host: readonly string[], child: readonly string[], { input, term, onStart }: Settings = {}) {
    const [program = '', ...args] = [...host, ...child]
    const settings = given({
      INPUT_GRACE: input?.toString(),
      TERM_GRACE: term?.toString(),
      ON_START: onStart,
    })
    this.process = spawn(program, args, { stdio: 'pipe', env: { ...process.env, ...settings } })
    this.process.stdin.on('error', () => undefined)
    this.process.stderr.setEncoding('utf8').on('data', (text: string) => this.errors.push(text))
    createInterface({ input: this.process.stdout, crlfDelay: Infinity }).on('line', line => {
      const answer = JSON.parse(line) as Answer
      this.waiting.get(answer.n)?.(answer)
      this.waiting.delete(answer.n)
    })
    this.exited = once(this.process, 'close').then(([code]) => {
      this.over = true
      for (const [n, resolve] of this.waiting)
        resolve({ n, failed: `the driver ended: ${this.errors.join('')}` })
      this.waiting.clear()
      return code as number | null
    })
  }

  get ended(): boolean {
    return this.over
  }

  async do(command: Record<string, unknown>): Promise<Answer> {
    const n = ++this.count
    const answer = await new Promise<Answer>(resolve => {
      this.waiting.set(n, resolve)
      if (this.over) resolve({ n, failed: `the driver has ended: ${this.errors.join('')}` })
      else this.process.stdin.write(`${JSON.stringify({ n, ...command })}\n`)
    })
    if (answer.failed !== undefined) throw new Error(`${String(command['do'])}: ${answer.failed}`)
    return answer
  }

  /** Starts the child; gives its process id. */
  async start(): Promise<number> {
    const { pid } = await this.do({ do: 'start' })
    return pid ?? 0
  }

  /** A call under way; the items of a streaming method are not read. */
  async call(method: string, params?: unknown, timeout?: number): Promise<Call> {
    const name = `call${++this.names}`
    await this.do({ do: 'call', as: name, method, ...given({ params, timeout }) })
    return new Call(this, name)
  }

  /** What a call comes to. */
  async outcome(method: string, params?: unknown): Promise<Outcome> {
    return (await this.call(method, params)).outcome()
  }

  /** The result of a call; throws if there is none. */
  async ask(method: string, params?: unknown): Promise<unknown> {
    return (await this.call(method, params)).result()
  }

  /** A stream that is open. */
  async stream(method: string, params: unknown): Promise<Stream> {
    const name = `stream${++this.names}`
    await this.do({ do: 'stream', as: name, method, params })
    return new Stream(this, name)
  }

  async notify(method: string, params: unknown): Promise<void> {
    await this.do({ do: 'notify', method, params })
  }

  async line(text: string): Promise<void> {
    await this.do({ do: 'line', text })
  }

  async ping(): Promise<void> {
    await this.do({ do: 'ping' })
  }

  /** So far: the texts of `log`, the plain lines of the child, or the lines of its stderr. */
  async all(what: 'heard' | 'lines' | 'stderr'): Promise<readonly unknown[]> {
    return (await this.do({ do: what })).values ?? []
  }

  /** Lets the preparation of the child go on, which waits for that. */
  async release(): Promise<void> {
    await this.do({ do: 'release' })
  }

  /** Stops the child; how it ended. */
  async stop(): Promise<{ code: number | null; signal: string | null }> {
    const { code = null, signal = null } = await this.do({ do: 'stop' })
    return { code, signal }
  }

  /** Nothing more to do: the driver stops its child and ends. Gives its exit code. */
  end(): Promise<number | null> {
    this.process.stdin.end()
    return this.exited
  }
}

export class Call {
  protected readonly driver: Driver
  protected readonly name: string

  constructor(driver: Driver, name: string) {
    this.driver = driver
    this.name = name
  }

  async outcome(): Promise<Outcome> {
    const { result, error } = await this.driver.do({ do: 'wait', as: this.name })
    return error === undefined ? { result } : { error }
  }

  async result(): Promise<unknown> {
    const { result, error } = await this.outcome()
    if (error !== undefined) throw new Error(`${String(error.code)}: ${error.message}`)
    return result
  }

  async cancel(): Promise<void> {
    await this.driver.do({ do: 'cancel', as: this.name })
  }

  async progress(): Promise<readonly unknown[]> {
    return (await this.driver.do({ do: 'progress', as: this.name })).values ?? []
  }
}

export class Stream extends Call {
  /** At most so many items more; fewer mean that it has ended. */
  async next(items: number): Promise<{ items: readonly unknown[]; done: boolean; error?: Failure }> {
    const {
      items: found = [],
      done = false,
      error,
    } = await this.driver.do({ do: 'next', as: this.name, items })
    return { items: found, done, ...given({ error }) }
  }

  /** Leaves the loop. */
  async break(): Promise<void> {
    await this.driver.do({ do: 'break', as: this.name })
  }
}

/** What is not undefined. */
const given = <T extends object>(members: T): Partial<T> =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Partial<T>
