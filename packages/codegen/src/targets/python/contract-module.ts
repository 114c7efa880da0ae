import { CodeWriter } from '../../print/code-writer.js'
import { documentParts } from '../../print/document-parts.js'
import { branchTypes } from '../../model/branch-types.js'
import { foreignRules } from '../../model/foreign-rules.js'
import type { Model, NamedType, TypeRef } from '../../model/model.js'
import type { TargetContext } from '../../model/target.js'
import { declareClient } from './service/client.js'
import type { CodecContext } from './codecs/codec-context.js'
import { declareCodec } from './codecs/codec.js'
import { declareError, declareType, declareValues } from './types/declare-type.js'
import { runtimeAlias as ipc } from './names/facts.js'
import { fileContext } from './file-context.js'
import { lineLength } from './print/line-length.js'
import { call, lines, prefixed } from './print/layout.js'
import { allMethods, type PythonNames } from './names/names.js'
import { importsOfRuntime, moduleFile } from './module-file.js'
import { childRole, declareContexts, declareHandlers, declareTables, type Role } from './service/service.js'
import { commented, docstring, quoted, quotedPieces } from './print/text.js'

/** The module of a contract: its types, codecs and errors, and the child's side. */
export function contractModule(model: Model, names: PythonNames, context: TargetContext): string {
  const codecs = fileContext(model, names)
  const types = new CodeWriter('    ')
  declareTypes(model, types, codecs)
  const body = new CodeWriter('    ')
  declareCodecs(model, body, codecs)
  declareErrors(model, codecs, body)
  declareService(model, codecs, context, body)
  const docs = [
    `The contract ${commented(model.name)}.`,
    'Its types, what its child implements, and what the child may ask of its host. `decode_…` reads a value from parsed JSON and `encode_…` turns it into JSON again; both take the JSON Pointer of the value (by default that of the whole), and raise `ipc.InvalidValueError` for its first fault.',
  ]
  return moduleFile(
    model,
    context,
    docs,
    { types: types.lines, code: body.lines },
    codecs,
    importsOfRuntime(codecs),
  )
}

function declareTypes(model: Model, out: CodeWriter, context: CodecContext): void {
  for (const type of inOrder(model)) {
    out.blank(2)
    declareType(type, context, out)
    context.declared.add(context.names.type(type.id))
  }
  for (const type of model.types) {
    if (type.shape.kind === 'enum') {
      out.blank(2)
      declareValues(type, context, out)
    }
  }
}

/** Aliases follow what they are made of, as far as that does not lead back to them: Python evaluates them there. */
function inOrder(model: Model): NamedType[] {
  const done = new Set<NamedType>()
  const begun = new Set<NamedType>()
  const add = (type: NamedType): void => {
    if (begun.has(type)) return
    begun.add(type)
    for (const id of namesIn(type)) add(model.typeOf(id))
    done.add(type)
  }
  model.types.forEach(add)
  return [...done]
}

/** The types that an alias names; those of a class's members are not evaluated with it. */
function namesIn({ shape }: NamedType): string[] {
  const within = (ref: TypeRef): string[] => {
    if (ref.kind === 'named') return [ref.id]
    if (ref.kind === 'nullable') return within(ref.type)
    if (ref.kind === 'array') return within(ref.item)
    if (ref.kind === 'map') return within(ref.value)
    return ref.kind === 'tuple' ? ref.items.flatMap(within) : []
  }
  if (shape.kind === 'alias') return within(shape.type)
  return shape.kind === 'union' ? shape.branches.flatMap(branchTypes).flatMap(within) : []
}

function declareCodecs(model: Model, out: CodeWriter, context: CodecContext): void {
  for (const type of model.types) {
    if (type.shape.kind === 'enum') continue
    out.blank(2)
    declareCodec(type, context, out)
  }
}

function declareErrors(model: Model, context: CodecContext, out: CodeWriter): void {
  for (const method of allMethods(model))
    for (const error of method.errors) {
      out.blank(2)
      declareError(error, method.name, context, out)
    }
}

function declareService(
  model: Model,
  codecs: CodecContext,
  { openrpc }: TargetContext,
  out: CodeWriter,
): void {
  const role = childRole(model.child)
  out.blank(2)
  const threads = 'The host, as handlers call it: each call waits for its answer.'
  declareClient('HostClient', model.host, threads, 'handlers', codecs, out)
  out.blank(2)
  const coroutines = 'The host, as handlers that are coroutines call it: each call is to be awaited.'
  declareClient('AsyncHostClient', model.host, coroutines, 'asyncHandlers', codecs, out)
  declareContexts(model.child, codecs, out)
  out.blank(2)
  declareHandlers(role, codecs, out)
  out.blank(2)
  if (openrpc !== undefined) {
    out
      .block(`_OPENRPC: ${codecs.imports.use('Final')} = (`, () =>
        out.append(documentParts(openrpc).flatMap(part => quotedPieces(part, lineLength - 4))),
      )
      .line(')')
  }
  const rules = foreignRules(model)
  if (rules !== undefined) {
    const { cancelMethod, cancelParam, answersCancelled, progress } = rules
    const foreign = call(
      `${ipc}.Foreign`,
      ...(cancelMethod === '' ? [] : [`cancel=(${quoted(cancelMethod)}, ${quoted(cancelParam)})`]),
      `answers_cancelled=${answersCancelled ? 'True' : 'False'}`,
      `progress=${quoted(progress)}`,
    )
    out.line(...lines(`FOREIGN: ${codecs.imports.use('Final')} = `, foreign, '', 0))
  }
  const contract = call(
    `${ipc}.Contract`,
    codecs.strings.of(model.name),
    codecs.strings.of(model.version),
    quoted(model.hash),
    openrpc === undefined ? '""' : '_OPENRPC',
    ...(rules === undefined ? [] : ['FOREIGN']),
  )
  out.line(...lines(`CONTRACT: ${codecs.imports.use('Final')} = `, contract, '', 0))
  declareTables(role, codecs, out)
  out.blank(2)
  declareServe(role, codecs, out)
}

function declareServe(role: Role, codecs: CodecContext, out: CodeWriter): void {
  const callable = codecs.imports.use('Callable')
  const parameters = [
    `handlers: ${role.handlers} | ${ipc}.Lifespan[${role.handlers}]`,
    '*',
    'threads: int = 1',
    `on_line: ${callable}[[str], object] | None = None`,
    `on_start: ${callable}[[HostClient], object] | None = None`,
    `on_error: ${callable}[[BaseException], object] | None = None`,
    `on_protocol_error: ${callable}[[str, object], object] | None = None`,
    `meta: ${callable}[[], ${codecs.imports.use('Mapping')}[str, str]] | None = None`,
    'debug: bool | None = None',
    'max_message_bytes: int = 64 * 1024 * 1024',
    'max_queued_bytes: int = 64 * 1024 * 1024',
  ]
  out.line(...lines('', call('def serve', ...parameters), ' -> None:', 0))
  out.indented(() => {
    out.line(
      ...docstring(
        [
          'Answers the host over stdin and stdout until it closes our input.',
          '`handlers` may be a function, too, that returns a context manager, or an asynchronous one, which yields the handlers: it is entered before the first message is read and left after the last answer.',
          'Anything else that is printed goes to stderr. Handlers run one after the other, `threads` of them side by side; those that are coroutines run on an event loop. `on_line` is called with lines that are not messages. `on_error` is called with what handlers raise, `on_protocol_error` with each message of the host that breaks the contract or the protocol, as a sentence and the value; without them both are written to stderr. `on_start` is called once, before the first message, with the host. `meta` is asked at each call and notification of ours for what it tells of its caller, strings. `debug` (by default whether the environment has `SIMPLE_IPC_DEBUG=1`) puts the traceback of a handler that fails into the error that its caller gets, and lets no timeout run out. `max_message_bytes` is the size of the longest message, both ways; `max_queued_bytes` is how much of a stream may be unread, and how much may wait for a host that does not read before nothing more of it is read.',
        ],
        out.column,
      ),
    )
    const run = call(
      `${ipc}.serve`,
      'CONTRACT',
      'handlers',
      role.handlers,
      role.side.methods.length === 0 ? 'lambda _: {}' : '_methods',
      role.side.notifications.length === 0 ? 'lambda _: {}' : '_notifications',
      'HostClient',
      'AsyncHostClient',
      'threads=threads',
      'debug=debug',
      'max_message_bytes=max_message_bytes',
      'max_queued_bytes=max_queued_bytes',
      'on_line=on_line',
      'on_error=on_error',
      'on_protocol_error=on_protocol_error',
      'meta=meta',
      prefixed('on_start=', `None if on_start is None else lambda link: on_start(HostClient(link))`),
    )
    out.line(...lines('', run, '', out.column))
  })
}
