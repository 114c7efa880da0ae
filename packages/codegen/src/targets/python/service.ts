import type { CodeWriter } from '../../code-writer.js'
import type { Docs, MethodModel, NotificationModel, ParamsModel, SideModel, TypeUse } from '../../model.js'
import { reader, type CodecContext } from './codec.js'
import { runtimeAlias as ipc } from './facts.js'
import { call, dict, lines, prefixed, type Expression } from './layout.js'
import { docstring, quoted } from './text.js'
import { annotation } from './type-ref.js'

/** One end of the wire, seen from the code that is generated. */
export interface Role {
  /** The side that implements. */
  side: SideModel
  /** Its name, for people. */
  title: 'child' | 'host'
  handlers: string
  /** The class through which the implementing side calls the other. */
  peer: string
}

/** The class whose methods a program writes. */
export function declareHandlers(role: Role, context: CodecContext, out: CodeWriter): void {
  const { side } = role
  const head = side.methods.length === 0 ? role.handlers : `${role.handlers}(ABC)`
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
      out.line('@abstractmethod')
      handler(method, role, context, out)
    }
    for (const notification of side.notifications) {
      out.blank()
      const name = context.names.member(notification.name)
      const parameters = ['self', ...paramsOf(notification.params, context)]
      out.line(...lines('', call(`def ${name}`, ...parameters), ' -> None:', out.column))
      out.indented(() => {
        out.line(
          ...docstring(
            docsOr(notification.docs, `Told ${notification.name}; does nothing unless overridden.`),
            out.column,
          ),
        )
        if (notification.params.type !== undefined) out.line('del params')
      })
    }
  })
}

function handler(method: MethodModel, role: Role, context: CodecContext, out: CodeWriter): void {
  const parameters = [
    'self',
    ...paramsOf(method.params, context),
    `context: ${contextType(method, role, context)}`,
  ]
  const name = context.names.member(method.name)
  out.line(
    ...lines('', call(`def ${name}`, ...parameters), ` -> ${answerType(method, context)}:`, out.column),
  )
  out.indented(() => out.line(...docstring(docsOf(method), out.column)))
}

const paramsOf = ({ type }: ParamsModel, { names }: CodecContext): string[] =>
  type === undefined ? [] : [`params: ${annotation(type, names)}`]

function contextType({ progress }: MethodModel, role: Role, { names }: CodecContext): string {
  return `${ipc}.Context[${progress === undefined ? 'NoReturn' : annotation(progress, names)}, ${role.peer}]`
}

function answerType({ result, stream }: MethodModel, { names }: CodecContext): string {
  const value = result === undefined ? 'None' : annotation(result, names)
  if (stream !== undefined) return `${ipc}.Items[${annotation(stream, names)}, ${value}]`
  return value.endsWith('None')
    ? ['Awaitable[' + value + ']', value].join(' | ')
    : `${value} | Awaitable[${value}]`
}

const docsOf = (method: MethodModel): Docs => {
  const docs = docsOr(method.docs, `Answers ${method.name}.`)
  return method.deprecated ? [...docs, 'Deprecated.'] : docs
}
const docsOr = (docs: Docs, otherwise: string): Docs => (docs.length > 0 ? docs : [otherwise])

/** The class through which the other side is called. */
export function declareClient(
  name: string,
  side: SideModel,
  title: string,
  context: CodecContext,
  out: CodeWriter,
): void {
  out.block(`class ${name}:`, () => {
    out.line(...docstring([`The ${title}, as its other side calls it.`], out.column)).blank()
    out.block(`def __init__(self, link: ${ipc}.Link) -> None:`, () => out.line('self._link = link'))
    for (const method of side.methods) {
      out.blank()
      clientMethod(method, context, out)
    }
    for (const notification of side.notifications) {
      out.blank()
      clientNotification(notification, context, out)
    }
    out.blank()
    out.block('def send_plain_line(self, text: str) -> None:', () => {
      out.line(...docstring(['Sends a line that is no message.'], out.column))
      out.line('self._link.send_line(text)')
    })
  })
}

function clientMethod(method: MethodModel, context: CodecContext, out: CodeWriter): void {
  const { names } = context
  const { result, stream, progress } = method
  const value = result === undefined ? 'None' : annotation(result, names)
  const parameters = [
    'self',
    ...paramsOf(method.params, context),
    '*',
    'timeout: float | None = None',
    ...(progress === undefined
      ? []
      : [`on_progress: Callable[[${annotation(progress, names)}], object] | None = None`]),
  ]
  const answer = stream === undefined ? value : `${ipc}.Stream[${annotation(stream, names)}, ${value}]`
  out.line(
    ...lines('', call(`def ${names.member(method.name)}`, ...parameters), ` -> ${answer}:`, out.column),
  )
  out.indented(() => {
    out.line(...docstring(docsOr(method.docs, `Calls ${method.name}.`), out.column))
    const start = call(
      'self._link.start',
      quoted(method.name),
      ...outgoing(method.params, context),
      ...errorsOf(method, context),
    )
    out.line(...lines('call = ', start, '', out.column))
    const options: Expression[] = [
      'timeout=timeout',
      ...(progress === undefined
        ? []
        : [prefixed('progress=', reader(progress, 'decode', context)), 'on_progress=on_progress']),
    ]
    const readers = [
      ...(stream === undefined ? [] : [reader(stream, 'decode', context)]),
      read(result, context),
    ]
    const finish = call(
      stream === undefined ? `${ipc}.finish` : `${ipc}.Stream`,
      'call',
      ...readers,
      ...options,
    )
    out.line(...lines('return ', finish, '', out.column))
  })
}

const read = (use: TypeUse | undefined, context: CodecContext): Expression =>
  use === undefined ? `${ipc}.ignored` : reader(use, 'decode', context)

const outgoing = ({ type }: ParamsModel, context: CodecContext): Expression[] =>
  type === undefined ? ['None', `${ipc}.nothing`] : ['params', reader(type, 'encode', context)]

function errorsOf(method: MethodModel, context: CodecContext): Expression[] {
  if (method.errors.length === 0) return []
  const entries = method.errors.map(error => {
    const made =
      error.data === undefined
        ? `lambda _, message: ${context.names.error(error.id)}(message)`
        : prefixed(
            'lambda data, message: ',
            call(context.names.error(error.id), call2(reader(error.data, 'decode', context)), 'message'),
          )
    return prefixed(`${error.code}: `, made)
  })
  return [prefixed('errors=', dict(...entries))]
}

const call2 = (read: Expression): Expression =>
  typeof read === 'string' && !read.startsWith('lambda')
    ? call(read, 'data', '""')
    : call(`${ipc}.read`, 'data', read)

function clientNotification(notification: NotificationModel, context: CodecContext, out: CodeWriter): void {
  const name = context.names.member(notification.name)
  out.line(
    ...lines(
      '',
      call(`def ${name}`, 'self', ...paramsOf(notification.params, context)),
      ' -> None:',
      out.column,
    ),
  )
  out.indented(() => {
    out.line(...docstring(docsOr(notification.docs, `Tells ${notification.name}.`), out.column))
    const sent = call(
      'self._link.notify',
      quoted(notification.name),
      ...outgoing(notification.params, context),
    )
    out.line(...lines('', sent, '', out.column))
  })
}

/** What is handed to the runtime: how each method is read, called and written. */
export function methodTable(side: SideModel, context: CodecContext): Expression {
  return dict(
    ...side.methods.map(method => prefixed(`${quoted(method.name)}: `, methodEntry(method, context))),
  )
}

function methodEntry(method: MethodModel, context: CodecContext): Expression {
  const { params, result, stream, progress, errors } = method
  const codec = (name: string, use: TypeUse | undefined, way: 'decode' | 'encode'): Expression[] =>
    use === undefined ? [] : [prefixed(`${name}=`, reader(use, way, context))]
  const declared = errors.map(error =>
    prefixed(
      `${context.names.error(error.id)}: `,
      error.data === undefined ? `${ipc}.nothing` : reader(error.data, 'encode', context),
    ),
  )
  return call(
    `${ipc}.Method`,
    `handlers.${context.names.member(method.name)}`,
    ...codec('params', params.type, 'decode'),
    ...codec('result', result, 'encode'),
    ...codec('item', stream, 'encode'),
    ...codec('progress', progress, 'encode'),
    ...(declared.length === 0 ? [] : [prefixed('errors=', dict(...declared))]),
    ...(params.positional ? ['positional=True'] : []),
  )
}

export function notificationTable(side: SideModel, context: CodecContext): Expression {
  return dict(
    ...side.notifications.map(({ name, params }) =>
      prefixed(
        `${quoted(name)}: `,
        call(
          `${ipc}.Notification`,
          `handlers.${context.names.member(name)}`,
          ...(params.type === undefined ? [] : [prefixed('params=', reader(params.type, 'decode', context))]),
          ...(params.positional ? ['positional=True'] : []),
        ),
      ),
    ),
  )
}
