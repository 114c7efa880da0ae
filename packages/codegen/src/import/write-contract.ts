import type { PlainContract, PlainError, PlainMethod, PlainSide } from '@simple-ipc/rpc'
import { laidOut, member, object, quoted, text, type Code } from './typescript-layout.js'
import { writeSchema } from './write-schema.js'

/** A contract as the TypeScript module that defines it. `source` says where it comes from, for its first line. */
export function writeContract(contract: PlainContract, source: string): string {
  const types = Object.entries(contract.types).map(([name, schema]) => member(name, writeSchema(schema)))
  const body = [
    ...(types.length === 0 ? [] : [`const types = ${laidOut(object(types, true))}\n`]),
    `export const contract = defineContract(${laidOut(object(contractMembers(contract), true))})\n`,
  ].join('\n')
  const used = ['Bytes', 'defineContract', 'Int64', 'Open', 'Type', 'UInt64'].filter(name =>
    new RegExp(`(?<![\\w.'$])${name}(?=[.(])`).test(body),
  )
  return `// ${oneLine(source)}\n\nimport { ${used.join(', ')} } from '@simple-ipc/rpc'\n\n${body}`
}

/** A comment ends where its line ends. */
const oneLine = (source: string): string => source.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')

function contractMembers(contract: PlainContract): Code[] {
  const { name, version, types, child, host, foreign } = contract
  return [
    member('name', quoted(name)),
    member('version', quoted(version)),
    ...(Object.keys(types).length === 0 ? [] : ['types']),
    ...(foreign === undefined ? [] : [member('foreign', object([member('cancel', quoted(foreign.cancel))]))]),
    ...sideMember('child', child),
    ...sideMember('host', host),
  ]
}

function sideMember(name: string, { methods, notifications }: PlainSide): Code[] {
  const members = [
    ...record('methods', methods, writeMethod),
    ...record('notifications', notifications, writeSchema),
  ]
  return members.length === 0 ? [] : [member(name, object(members, true))]
}

function record<T>(name: string, things: Readonly<Record<string, T>>, write: (thing: T) => Code): Code[] {
  const members = Object.entries(things).map(([key, thing]) => member(key, write(thing)))
  return members.length === 0 ? [] : [member(name, object(members, true))]
}

function writeMethod(method: PlainMethod): Code {
  const { summary, description, deprecated, idempotent, params, result, stream, progress, errors } = method
  return object([
    ...(summary === undefined ? [] : [member('summary', text(summary))]),
    ...(description === undefined ? [] : [member('description', text(description))]),
    ...(deprecated === true ? [member('deprecated', 'true')] : []),
    ...Object.entries({ params, stream, progress, result }).flatMap(([key, schema]) =>
      schema === undefined ? [] : [member(key, writeSchema(schema))],
    ),
    ...record('errors', errors ?? {}, writeError),
    ...(idempotent === true ? [member('idempotent', 'true')] : []),
  ])
}

const writeError = ({ code, summary, data }: PlainError): Code =>
  object([
    member('code', String(code)),
    ...(summary === undefined ? [] : [member('summary', text(summary))]),
    ...(data === undefined ? [] : [member('data', writeSchema(data))]),
  ])
