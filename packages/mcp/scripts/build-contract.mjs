// @ts-check
// Makes src/generated/contract.ts of the protocol's published schema: its types are imported, and its methods are those that
// its unions of requests and notifications list. Run by the build, before the package is bundled.
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadContract, typedContract } from '@simple-ipc/codegen'

/** @typedef {{ $ref?: string, const?: string, anyOf?: Schema[], properties?: Record<string, Schema>, description?: string, required?: string[] }} Schema */

const here = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
const inPackage = (/** @type {string[]} */ ...parts) => path.join(here, ...parts)
const revision = '2025-11-25'

/** What the document has besides: whole messages, of which a contract knows the insides alone. @param {string} name */
const isMessage = name =>
  /^JSONRPC|^(?:Client|Server)(?:Request|Notification|Result)$/.test(name) ||
  schemas[name]?.properties?.['jsonrpc'] !== undefined

const document = /** @type {{ $defs: Record<string, Schema> }} */ (
  JSON.parse(readFileSync(inPackage('model', 'schema.json'), 'utf8'))
)
const schemas = document.$defs
const sides = /** @type {const} */ ({ child: 'Client', host: 'Server' })
/** Which requests a side answers, and which notifications it takes. @param {'child' | 'host'} side */
const membersOf = side => ({
  methods: listed(`${sides[side]}Request`).map(name => [methodOf(name), methodCode(name)]),
  notifications: listed(`${sides[side]}Notification`)
    // The peer sends and takes it itself.
    .filter(name => name !== 'CancelledNotification')
    .map(name => [methodOf(name), paramsOf(name)]),
})
const child = membersOf('child')
const host = membersOf('host')

/** The names in a union. @param {string} union */
function listed(union) {
  return (schemas[union]?.anyOf ?? []).map(({ $ref = '' }) => $ref.slice($ref.lastIndexOf('/') + 1))
}

/** @param {string} name */
function methodOf(name) {
  return schemas[name]?.properties?.['method']?.const ?? fail(`${name} has no method`)
}

/** The type of a message's params; those that have no name get one. @param {string} name */
function paramsOf(name) {
  const params = schemas[name]?.properties?.['params'] ?? fail(`${name} has no params`)
  if (params.$ref !== undefined) return reference(params.$ref.slice(params.$ref.lastIndexOf('/') + 1))
  schemas[`${name}Params`] = params
  return reference(`${name}Params`)
}

/** @param {string} name */
function methodCode(name) {
  const named = name.replace(/Request$/, 'Result')
  const result = named in schemas ? named : 'EmptyResult'
  const { description } = schemas[name] ?? {}
  const parts = [
    ...(description === undefined ? [] : [`description: ${JSON.stringify(description)}`]),
    `params: ${paramsOf(name)}`,
    `result: ${reference(result)}`,
    // Both handshakes are over at once.
    ...(['InitializeRequest', 'PingRequest'].includes(name) ? [] : [`progress: ${reference('Progress')}`]),
  ]
  return `{ ${parts.join(', ')} }`
}

/** A report without the token, which the peer sets and takes away. @param {Schema} params @returns {Schema} */
function progressOf({ properties = {}, required = [], ...params }) {
  return {
    ...params,
    description: 'A report of how far a request has come.',
    properties: Object.fromEntries(Object.entries(properties).filter(([name]) => name !== 'progressToken')),
    required: required.filter(name => name !== 'progressToken'),
  }
}

/** @param {string} name */
function reference(name) {
  return `Type.Ref('${name}')`
}
/** @param {string} message @returns {never} */
function fail(message) {
  throw new Error(`model/schema.json is not what this script knows: ${message}`)
}

schemas['Progress'] = progressOf(
  schemas['ProgressNotificationParams'] ?? fail('ProgressNotificationParams is missing'),
)
for (const name of Object.keys(schemas)) if (isMessage(name)) Reflect.deleteProperty(schemas, name)
mkdirSync(inPackage('build'), { recursive: true })
writeFileSync(inPackage('build', 'types.json'), JSON.stringify(document))
const manifest = fileURLToPath(import.meta.resolve('@simple-ipc/codegen/package.json'))
const args = [
  path.join(path.dirname(manifest), 'dist', 'cli.js'),
  ...['import', 'json-schema', inPackage('build', 'types.json'), '--name', 'mcp', '--quiet'],
  ...['--exceptions', inPackage('model', 'exceptions.json'), '--out', inPackage('build', 'types.ts')],
]
execFileSync(process.execPath, args, { stdio: 'inherit' })

/** @param {ReturnType<typeof membersOf>} side */
const sideCode = ({ methods, notifications }) =>
  `{ methods: { ${membersCode(methods)} }, notifications: { ${membersCode(notifications)} } }`
/** @param {readonly (readonly string[])[]} members */
const membersCode = members => members.map(([name, code]) => `'${name}': ${code}`).join(',\n')

writeFileSync(
  inPackage('build', 'contract.ts'),
  `import { defineContract, Type } from '@simple-ipc/rpc'
import * as imported from './types.js'
const [{ spec }] = Object.values(imported)
export const mcp = defineContract({
  name: 'mcp',
  version: '${revision}',
  types: spec.types,
  foreign: { cancel: 'mcp', progress: 'mcp' },
  child: ${sideCode(child)},
  host: ${sideCode(host)},
})
`,
)
const { json } = await loadContract(inPackage('build', 'contract.ts'))
mkdirSync(inPackage('src', 'generated'), { recursive: true })
writeFileSync(
  inPackage('src', 'generated', 'contract.ts'),
  typedContract(json, { constant: 'mcp', spec: 'McpSpec' }),
)
