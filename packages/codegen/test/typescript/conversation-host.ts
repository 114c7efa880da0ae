// The host of the conversation table: it does what it is told, one JSON line each. Its arguments are the child's command.
import { createInterface } from 'node:readline'
import { Client, RpcError, type Stream } from '@simple-ipc/rpc'
import { contract } from '../cases/conversation.js'

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
type Spec = (typeof contract)['spec']
interface Open {
  method: string
  abort: AbortController
  progress: unknown[]
  result: Promise<unknown>
  items?: AsyncIterator<unknown>
}

const heard: string[] = []
const lines: string[] = []
const stderr: string[] = []
const open = new Map<string, Open>()

const client = new Client<Spec>(contract, process.argv.slice(2), {
  start: false,
  stderr: line => void stderr.push(line),
  onLine: line => void lines.push(line),
  host: {
    nest: async ({ depth }, { peer }): Promise<number> =>
      depth === 0 ? 0 : 1 + (await peer.call('nest', { depth: depth - 1 })),
    async *numbers({ to }, { error }) {
      if (to < 0) throw error('TooMany', { value: 42 })
      for (let n = 0; n < to; n++) yield n
      return await Promise.resolve(1_000_000)
    },
    log: ({ text }) => void heard.push(text),
  },
})
// By name, as the command has it.
const remote = client as unknown as {
  call(method: string, params: unknown, options: object): Promise<unknown>
  stream(method: string, params: unknown, options: object): Stream<unknown, unknown>
  notify(method: string, params: unknown): void
}

const commands: Record<string, (command: Command) => object | Promise<object>> = {
  start: () => {
    client.start()
    return { pid: client.pid }
  },
  call: ({ as, method, params, timeout }) => {
    const { abort, progress } = begin(as, method)
    const options = { signal: abort.signal, timeout, onProgress: (value: unknown) => progress.push(value) }
    keep(as, remote.call(method, params, options))
    return {}
  },
  stream: ({ as, method, params }) => {
    const { abort, progress } = begin(as, method)
    const options = { signal: abort.signal, onProgress: (value: unknown) => progress.push(value) }
    const stream = remote.stream(method, params, options)
    const call = opened(as)
    call.items = stream[Symbol.asyncIterator]()
    keep(as, stream.result)
    return {}
  },
  wait: async ({ as }) => {
    const { result, method } = opened(as)
    return result.then(
      value => ({ result: value }),
      (error: unknown) => ({ error: failure(error, method) }),
    )
  },
  cancel: ({ as }) => {
    opened(as).abort.abort()
    return {}
  },
  next: async ({ as, items: wanted }) => {
    const { items, method } = opened(as)
    const found: unknown[] = []
    try {
      while (found.length < wanted) {
        const step = await items?.next()
        if (step === undefined || step.done === true) return { items: found, done: true }
        found.push(step.value)
      }
      return { items: found, done: false }
    } catch (error) {
      return { items: found, done: true, error: failure(error, method) }
    }
  },
  break: async ({ as }) => {
    await opened(as).items?.return?.()
    return {}
  },
  progress: ({ as }) => ({ values: opened(as).progress }),
  notify: ({ method, params }) => {
    remote.notify(method, params)
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
  stop: async () => {
    await client.stop()
    const { code, signal } = await client.worker.exited
    return { code, signal }
  },
}

function begin(name: string, method: string): Open {
  const call: Open = { method, abort: new AbortController(), progress: [], result: Promise.resolve() }
  open.set(name, call)
  return call
}

function opened(name: string): Open {
  const call = open.get(name)
  if (call === undefined) throw new Error(`nothing is called ${name}`)
  return call
}

function keep(name: string, result: Promise<unknown>): void {
  opened(name).result = result
  result.catch(() => undefined)
}

function failure(error: unknown, method: string): object {
  if (!(error instanceof RpcError)) return { code: 'NOT_RPC', message: String(error) }
  const { code, message, errorName } = error
  return {
    code,
    message,
    data: error.data as unknown,
    declared: error.method === method ? errorName : undefined,
  }
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
