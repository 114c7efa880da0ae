// The host of the conversation table: it does what it is told, one JSON line each. Its arguments are the child's command.
import { createInterface } from 'node:readline'
import { RpcError, type CallOptions, type Stream } from '@simple-ipc/rpc'
import {
  ConversationClient,
  CountHaltedError,
  FailBareError,
  FailDeclaredError,
  NumbersTooManyError,
} from '../golden/conversation/typescript/conversation.js'

interface Command {
  n: number
  do: string
  as: string
  method: string
  params?: unknown
  timeout?: number
  items: number
  text: string
}
interface Open {
  abort: AbortController
  progress: unknown[]
  result: Promise<unknown>
  items?: AsyncIterator<unknown>
}

const heard: string[] = []
const lines: string[] = []
const stderr: string[] = []
const open = new Map<string, Open>()

/** Milliseconds that a stop waits at a step: what the environment says, or the default. */
const grace = (name: string): number => Number(process.env[name] ?? 2000)

let release = (): void => undefined
/** What comes before any other call, if the environment says so. */
async function prepare(child: ConversationClient): Promise<void> {
  const released = new Promise<void>(resolve => (release = resolve))
  child.tell({ text: 'preparing' })
  const nested = await child.nest({ depth: 3 })
  if (process.env['ON_START'] === 'fail') throw new Error(`on purpose, after ${nested}`)
  heard.push(`nested ${nested}`)
  await released
  child.tell({ text: 'prepared' })
}

const client = new ConversationClient(process.argv.slice(2), {
  start: false,
  ...(process.env['ON_START'] !== undefined && { onStart: prepare }),
  stop: { input: grace('INPUT_GRACE'), term: grace('TERM_GRACE') },
  stderr: line => void stderr.push(line),
  onLine: line => void lines.push(line),
  host: {
    nest: async ({ depth }, { peer }): Promise<number> =>
      depth === 0 ? 0 : 1 + (await peer.nest({ depth: depth - 1 })),
    async *numbers({ to }) {
      if (to < 0) throw new NumbersTooManyError({ value: 42 })
      for (let n = 0; n < to; n++) yield n
      return await Promise.resolve(1_000_000)
    },
    log: ({ text }) => void heard.push(text),
  },
})
// By name, as the command has it: the typed methods of the client.
type Params = [params: unknown, options: CallOptions<unknown>] | [options: CallOptions<unknown>]
const methods = client as unknown as Record<
  string,
  (...params: Params) => Promise<unknown> | Stream<unknown, unknown>
>

function run(
  { method, params, timeout }: Command,
  { abort, progress }: Open,
): Promise<unknown> | Stream<unknown, unknown> {
  const options = { signal: abort.signal, timeout, onProgress: (value: unknown) => progress.push(value) }
  const call = methods[method]?.bind(client)
  if (call === undefined) throw new Error(`there is no method ${method}`)
  return params === undefined ? call(options) : call(params, options)
}
const isStream = (answer: Promise<unknown> | Stream<unknown, unknown>): answer is Stream<unknown, unknown> =>
  Symbol.asyncIterator in answer

const commands: Record<string, (command: Command) => object | Promise<object>> = {
  start: () => {
    client.start().catch(() => undefined)
    return { pid: client.pid }
  },
  call: command => {
    const call = begin(command)
    const answer = run(command, call)
    keep(call, isStream(answer) ? answer.result : answer)
    return {}
  },
  stream: command => {
    const call = begin(command)
    const stream = run(command, call)
    if (!isStream(stream)) throw new Error(`${command.method} is no stream`)
    call.items = stream[Symbol.asyncIterator]()
    keep(call, stream.result)
    return {}
  },
  wait: async ({ as }) => {
    return opened(as).result.then(
      value => ({ result: value }),
      (error: unknown) => ({ error: failure(error) }),
    )
  },
  cancel: ({ as }) => {
    opened(as).abort.abort()
    return {}
  },
  next: async ({ as, items: wanted }) => {
    const { items } = opened(as)
    const found: unknown[] = []
    try {
      while (found.length < wanted) {
        const step = await items?.next()
        if (step === undefined || step.done === true) return { items: found, done: true }
        found.push(step.value)
      }
      return { items: found, done: false }
    } catch (error) {
      return { items: found, done: true, error: failure(error) }
    }
  },
  break: async ({ as }) => {
    await opened(as).items?.return?.()
    return {}
  },
  progress: ({ as }) => ({ values: opened(as).progress }),
  notify: ({ method, params }) => {
    if (method === 'tell') client.tell(params as { text: string })
    else client.tellAndReport(params as { text: string })
    return {}
  },
  heard: () => ({ values: heard }),
  lines: () => ({ values: lines }),
  stderr: () => ({ values: stderr }),
  line: ({ text }) => {
    client.worker.send(text)
    return {}
  },
  ping: async () => {
    await client.ping()
    return {}
  },
  release: () => {
    release()
    return {}
  },
  stop: async () => {
    await client.stop()
    const { code, signal } = await client.worker.exited
    return { code, signal }
  },
}

function begin({ as }: Command): Open {
  const call: Open = { abort: new AbortController(), progress: [], result: Promise.resolve() }
  open.set(as, call)
  return call
}

function opened(name: string): Open {
  const call = open.get(name)
  if (call === undefined) throw new Error(`nothing is called ${name}`)
  return call
}

function keep(call: Open, result: Promise<unknown>): void {
  call.result = result
  result.catch(() => undefined)
}

const declared = {
  Declared: FailDeclaredError,
  Bare: FailBareError,
  Halted: CountHaltedError,
  TooMany: NumbersTooManyError,
}

function failure(error: unknown): object {
  if (!(error instanceof RpcError)) return { code: 'NOT_RPC', message: String(error) }
  const { code, message, data } = error as RpcError
  const [name] = Object.entries(declared).find(([, Class]) => error instanceof Class) ?? []
  return { code, message, data, declared: name }
}

async function answer(command: Command): Promise<void> {
  let text: string
  try {
    const run = commands[command.do]
    if (run === undefined) throw new Error(`there is no command ${command.do}`)
    text = JSON.stringify({ n: command.n, ...(await run(command)) })
  } catch (error) {
    text = JSON.stringify({ n: command.n, failed: String(error) })
  }
  process.stdout.write(`${text}\n`)
}

createInterface({ input: process.stdin, crlfDelay: Infinity })
  .on('line', line => void answer(JSON.parse(line) as Command))
  .on('close', () => void client.stop().then(() => process.exit(0)))
