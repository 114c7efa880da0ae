import { CodeWriter } from '../../print/code-writer.js'
import type { Model } from '../../model/model.js'
import type { TargetContext } from '../../model/target.js'
import { declareClient } from './service/client.js'
import { fileContext } from './file-context.js'
import { call, lines, prefixed } from './print/layout.js'
import type { PythonNames } from './names/names.js'
import { importsOfRuntime, moduleFile } from './module-file.js'
import { declareHandlers, handlersType, declareTables, type Role } from './service/service.js'
import { commented, docstring } from './print/text.js'

/** How the file calls the contract's, whose types and codecs it uses. */
const alias = 'contract'

/** The host's side in a file of its own: a child does not load it. */
export function hostModule(model: Model, ownNames: PythonNames, context: TargetContext): string {
  const names = ownNames.from(alias)
  const codecs = fileContext(model, names)
  const role: Role = { side: model.host, title: 'host', handlers: 'HostHandlers', peer: 'host.PeerT' }
  const code = new CodeWriter('    ')
  code.blank(2)
  const threads = 'The child, as threads call it: each call waits for its answer.'
  declareClient('ChildClient', model.child, threads, 'threads', codecs, code)
  code.blank(2)
  const coroutines = 'The child, as coroutines call it: each call is to be awaited.'
  declareClient('AsyncChildClient', model.child, coroutines, 'coroutines', codecs, code)
  code.blank(2)
  declareHandlers(role, codecs, code)
  declareTables(role, codecs, code)
  const startType = (client: string, answer: string): string =>
    `${codecs.imports.use('Callable')}[[${client}], ${answer}]`
  const onStart = startType('ChildClient', 'object')
  declareSpawn('spawn', 'ChildClient', role, onStart, threadsDocs, code)
  const onStartAsync = startType('AsyncChildClient', `${codecs.imports.use('Awaitable')}[object]`)
  declareSpawn('spawn_async', 'AsyncChildClient', role, onStartAsync, coroutinesDocs, code)
  const docs = [
    `The host's side of the contract ${commented(model.name)}.`,
    'Starts its child and calls it, from threads or coroutines, and answers what the child asks.',
  ]
  const [ipcLine = '', ...modules] = importsOfRuntime(codecs, 'host')
  const contractLine =
    ownNames.module === alias ? `from . import ${alias}` : `from . import ${ownNames.module} as ${alias}`
  const imports = [...[contractLine, ipcLine].sort(), ...modules]
  return moduleFile(model, context, docs, { types: [], code: code.lines }, codecs, imports)
}

const startDocs =
  '`on_start` is given the child once it is verified, and runs before any other call is sent. If it fails, the start has failed: every call raises its error, and the child is stopped.'
const threadsDocs = [
  'Starts the child; raises `host.StartError` if that cannot be done.',
  'Handlers run one after the other on a thread of their own, `threads` of them side by side; those that are coroutines run on an event loop of their own. A handler that waits for the child lets others run.',
  startDocs,
]
const coroutinesDocs = [
  'Starts the child; raises `host.StartError` if that cannot be done.',
  'Call it in a coroutine: calls and handlers run on its event loop. A handler that is not a coroutine blocks the loop while it runs.',
  startDocs,
]

function declareSpawn(
  name: string,
  client: string,
  role: Role,
  onStart: string,
  docs: readonly string[],
  out: CodeWriter,
): void {
  const { methods, notifications } = role.side
  const isOptional = methods.length === 0
  const type = handlersType(role, client)
  const parameters = [
    'command: host.Command',
    `handlers: ${type}${isOptional ? ' | None = None' : ''}`,
    'options: host.Options | None = None',
    '*',
    `on_start: ${onStart} | None = None`,
  ]
  out.blank(2)
  out.line(...lines('', call(`def ${name}`, ...parameters), ` -> ${client}:`, 0))
  out.indented(() => {
    out.line(...docstring(docs, out.column))
    if (isOptional && notifications.length === 0) out.line('del handlers')
    const given = isOptional ? `handlers or ${role.handlers}()` : 'handlers'
    const started = call(
      `host.${name}`,
      `${alias}.CONTRACT`,
      methods.length === 0 ? '{}' : '_methods(handlers)',
      notifications.length === 0 ? '{}' : call('_notifications', given),
      client,
      'command',
      'options',
      'on_start',
    )
    out.line(...lines('return ', prefixed('', started), '', out.column))
  })
}
