import type { CodeWriter } from '../../../print/code-writer.js'
import type { Docs, MethodModel, ParamsModel, SideModel, TypeRef } from '../../../model/model.js'
import { lateAliasLines } from '../types/alias.js'
import { signatureLines } from '../types/annotation-layout.js'
import type { CodecContext } from '../codecs/codec-context.js'
import { reader } from '../codecs/codec-value.js'
import { runtimeAlias as ipc } from '../names/facts.js'
import { array, call, dict, lines, prefixed, tuple, type Expression } from '../print/layout.js'
import { docstring } from '../print/text.js'
import { annotation, union } from '../types/type-ref.js'

/** One end of the wire, seen from the code that is generated. */
export interface Role {
  /** The side that implements. */
  side: SideModel
  /** Its name, for people. */
  title: 'child' | 'host'
  handlers: string
  /**
   * The class through which the implementing side calls the other. For a host, a type variable; for a child, what may be
   * any: a handler says itself whether it is a coroutine, by the name of its context.
   */
  peer: string
}

/** The child's side. */
export const childRole = (side: SideModel): Role => ({
  side,
  title: 'child',
  handlers: 'ChildHandlers',
  peer: 'NoReturn',
})

const isGeneric = (role: Role): boolean => role.title === 'host'

/** What a host's handlers are called where they are handed over. */
export const handlersType = (role: Role, peer: string): string =>
  isGeneric(role) ? `${role.handlers}[${peer}]` : role.handlers

/** The class whose methods a program writes. */
export function declareHandlers(role: Role, context: CodecContext, out: CodeWriter): void {
  const { side } = role
  const { imports } = context
  const bases = [
    ...(side.methods.length === 0 ? [] : [imports.use('ABC')]),
    ...(isGeneric(role) ? [`${imports.use('Generic')}[${role.peer}]`] : []),
  ]
  const head = bases.length === 0 ? role.handlers : `${role.handlers}(${bases.join(', ')})`
  out.block(`class ${head}:`, () => {
    const isEmpty = side.methods.length === 0 && side.notifications.length === 0
    out.line(
      ...docstring(
        [`What the ${role.title} implements.${isEmpty ? ' This contract asks nothing of it.' : ''}`],
        out.column,
      ),
    )
    for (const method of side.methods) {
      out.blank()
      out.line(`@${imports.use('abstractmethod')}`)
      handler(method, role, context, out)
    }
    for (const notification of side.notifications) {
      out.blank()
      const name = context.names.method(notification.name)
      const parameters = ['self', ...paramsOf(notification.params, context)]
      const answer = role.title === 'host' ? `${imports.use('Awaitable')}[None] | None` : 'None'
      out.line(...lines('', call(`def ${name}`, ...parameters), ` -> ${answer}:`, out.column))
      out.indented(() => {
        out.line(
          ...docstring(
            docsOr(notification.docs, `Told ${notification.name}; does nothing unless overridden.`),
            out.column,
          ),
        )
        if (notification.params.type !== undefined) out.line('del params')
        if (role.title === 'host') out.line('return None')
      })
    }
  })
}

function handler(method: MethodModel, role: Role, context: CodecContext, out: CodeWriter): void {
  const parameters = [
    'self',
    ...paramsOf(method.params, context),
    `context: ${contextType(method, role.peer, context)}`,
  ]
  const name = context.names.method(method.name)
  out.line(...signatureLines(call(`def ${name}`, ...parameters), answerType(method, context), out.column))
  // A name that is repeated says nothing.
  const isPlain = method.docs.length === 0 && !method.deprecated
  out.indented(() =>
    out.line(...(isPlain ? ['raise NotImplementedError'] : docstring(docsOf(method), out.column))),
  )
}

export const paramsOf = ({ type }: ParamsModel, context: CodecContext): string[] =>
  type === undefined ? [] : [`params: ${annotation(type, context)}`]

function contextType({ progress }: MethodModel, peer: string, context: CodecContext): string {
  if (peer === 'NoReturn') context.imports.use(peer)
  const reports = progress === undefined ? context.imports.use('NoReturn') : annotation(progress, context)
  return `${ipc}.Context[${reports}, ${peer}]`
}

/** The names of what a child's handlers get beside their params, for plain ones and for coroutines. */
export function declareContexts({ methods }: SideModel, context: CodecContext, out: CodeWriter): void {
  if (methods.length > 0) out.blank(2)
  for (const method of methods) {
    const { plain, coroutine } = context.names.contexts(method.name)
    out.line(...lateAliasLines(plain, contextType(method, 'HostClient', context), context))
    out.line(...lateAliasLines(coroutine, contextType(method, 'AsyncHostClient', context), context))
  }
}

function answerType({ result, stream }: MethodModel, context: CodecContext): string {
  const value = result === undefined ? 'None' : annotation(result, context)
  if (stream !== undefined) return `${ipc}.Items[${annotation(stream, context)}, ${value}]`
  return union(value, `${context.imports.use('Awaitable')}[${value}]`)
}

export const docsOf = (method: MethodModel): Docs => {
  const docs = docsOr(method.docs, `Answers ${method.name}.`)
  return method.deprecated ? [...docs, 'Deprecated.'] : docs
}
const docsOr = (docs: Docs, otherwise: string): Docs => (docs.length > 0 ? docs : [otherwise])

/** What is handed to the runtime: how each method is read, called and written. */
/** How each handler is called. */
export function declareTables({ side, ...role }: Role, context: CodecContext, out: CodeWriter): void {
  const handlers = handlersType({ side, ...role }, role.peer)
  const table = (name: string, what: string, entries: Expression): void => {
    out.blank(2)
    out.line(...lines('', call(`def ${name}`, `handlers: ${handlers}`), ` -> dict[str, ${ipc}.${what}]:`, 0))
    out.indented(() => out.line(...lines('return ', entries, '', out.column)))
  }
  if (side.methods.length > 0) table('_methods', 'Method', methodTable(side, context))
  if (side.notifications.length > 0) table('_notifications', 'Notification', notificationTable(side, context))
}

function methodTable(side: SideModel, context: CodecContext): Expression {
  return dict(
    ...side.methods.map(method =>
      prefixed(`${context.strings.of(method.name)}: `, methodEntry(method, context)),
    ),
  )
}

function methodEntry(method: MethodModel, context: CodecContext): Expression {
  const { params, result, stream, progress, errors } = method
  const codec = (name: string, ref: TypeRef | undefined, way: 'decode' | 'encode'): Expression[] =>
    ref === undefined ? [] : [prefixed(`${name}=`, reader(ref, way, context))]
  const declared = errors.map(error =>
    tuple(
      context.names.error(error.id),
      error.data === undefined ? `${ipc}.nothing` : reader(error.data, 'encode', context),
    ),
  )
  return call(
    `${ipc}.Method`,
    `handlers.${context.names.method(method.name)}`,
    ...codec('params', params.type, 'decode'),
    ...codec('result', result, 'encode'),
    ...codec('item', stream, 'encode'),
    ...codec('progress', progress, 'encode'),
    ...(declared.length === 0 ? [] : [prefixed('errors=', array(...declared))]),
    ...(params.positional ? ['positional=True'] : []),
  )
}

function notificationTable(side: SideModel, context: CodecContext): Expression {
  return dict(
    ...side.notifications.map(({ name, params }) =>
      prefixed(
        `${context.strings.of(name)}: `,
        call(
          `${ipc}.Notification`,
          `handlers.${context.names.method(name)}`,
          ...(params.type === undefined ? [] : [prefixed('params=', reader(params.type, 'decode', context))]),
          ...(params.positional ? ['positional=True'] : []),
        ),
      ),
    ),
  )
}
