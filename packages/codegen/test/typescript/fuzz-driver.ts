// Sends values through generated code: one JSON line in, `{ "module", "count", "method", "value" }`, one out: what came
// back, or the refusal. Each value goes two ways: past a client that checks it, and past a child that does.
import path from 'node:path'
import { createInterface } from 'node:readline'
import { RpcError, type ClientOptions, type TypedClient } from '@simple-ipc/rpc'

interface Job {
  module: string
  count: number
  method: string
  value: unknown
}
type Client = TypedClient & Record<string, (params: [unknown]) => Promise<unknown>>
type ClientClass = new (command: string[], options: ClientOptions) => Client

async function start({ module, count }: Job, validate: boolean): Promise<Client> {
  const exported = (await import(module)) as Record<string, unknown>
  const [, Client] = Object.entries(exported).find(([name]) => name.endsWith('Client')) ?? []
  const child = path.join(import.meta.dirname, 'fuzz-child.js')
  return new (Client as ClientClass)([process.execPath, child, module, String(count)], { validate })
}

async function ask(client: Client, { method, value }: Job): Promise<object> {
  try {
    return { ok: await client[method]?.([value]) }
  } catch (error) {
    if (!(error instanceof RpcError)) return { crash: String(error) }
    const { code, message, data } = error as RpcError
    const issue = (data as { issues?: { path: string; message: string }[] } | undefined)?.issues?.[0]
    if (issue === undefined || (code !== 'INVALID_PARAMS' && code !== -32602)) return { crash: message }
    return { path: issue.path.replace(/^\/0/, ''), message: issue.message }
  }
}

/** As it stands on the wire. */
const text = (answer: object): string =>
  JSON.stringify(answer, (_, value: unknown) => {
    if (typeof value === 'bigint') return value.toString()
    return value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value
  })

const jobs: Job[] = []
for await (const line of createInterface({ input: process.stdin })) jobs.push(JSON.parse(line) as Job)

for (const module of new Set(jobs.map(job => job.module))) {
  const all = jobs.filter(job => job.module === module)
  const [first] = all
  if (first === undefined) continue
  const [checking, trusting] = [await start(first, true), await start(first, false)]
  for (let i = 0; i < all.length; i += 500) {
    const answers = all.slice(i, i + 500).map(async job => {
      const [here, there] = [text(await ask(checking, job)), text(await ask(trusting, job))]
      return here === there ? here : JSON.stringify({ client: here, child: there })
    })
    process.stdout.write((await Promise.all(answers)).map(answer => `${answer}\n`).join(''))
  }
  await Promise.all([checking.stop(), trusting.stop()])
}
