import type { CodeWriter } from '../../code-writer.js'
import type { Docs, ErrorModel, MethodModel, NotificationModel, SideModel, TypeUse } from '../../model.js'
import { declarePart, isCompound, type CodecContext } from './codec.js'
import { closure, values } from './closures.js'
import { comment, quoted } from './text.js'
import { goType } from './type-ref.js'

/** One end of the wire, as the generated code calls what belongs to it. */
export interface Role {
  /** What it implements. */
  side: SideModel
  title: 'child' | 'host'
  /** The interface that a program implements. */
  handlers: string
  /** The type through which the other end calls it. */
  client: string
}

/** A method's parts by the names of their functions. */
export interface Parts {
  method: MethodModel | NotificationModel
  /** Ends the names of the functions of its parts. */
  owner: string
}
export const partsOf = (
  role: Role,
  method: MethodModel | NotificationModel,
  { names }: CodecContext,
): Parts => ({
  method,
  owner: `${role.title === 'host' ? 'Host' : ''}${names.method(method.name)}`,
})

/** What a method has beyond its params. */
const isMethod = (method: MethodModel | NotificationModel): method is MethodModel => 'errors' in method

/** The functions for the parts of methods that are of several parts themselves and have no name. */
export function declareParts(role: Role, context: CodecContext, out: CodeWriter): void {
  const part = (use: TypeUse | undefined, name: string): void => {
    if (use !== undefined && isCompound(use)) declarePart(use, name, context, out)
  }
  for (const method of [...role.side.methods, ...role.side.notifications]) {
    const { owner } = partsOf(role, method, context)
    part(method.params.type, `ParamsOf${owner}`)
    if (!isMethod(method)) continue
    part(method.stream, `ItemOf${owner}`)
    part(method.progress, `ProgressOf${owner}`)
    part(method.result, `ResultOf${owner}`)
    for (const error of method.errors) part(error.data, `DataOf${context.names.error(error.id)}`)
  }
}

/** The interface that a program implements. */
export function declareHandlers(role: Role, context: CodecContext, out: CodeWriter): void {
  const { methods, notifications } = role.side
  const isEmpty = methods.length + notifications.length === 0
  out.blank()
  out.line(
    ...comment([
      `${role.handlers} is what the ${role.title} implements.${isEmpty ? ' This contract asks nothing of it.' : ' Each call runs in a goroutine of its own, and its context ends when the caller no longer wants it.'}`,
    ]),
  )
  if (isEmpty) {
    out.line(`type ${role.handlers} any`)
    return
  }
  out
    .block(`type ${role.handlers} interface {`, () => {
      for (const method of methods) {
        out.line(
          ...comment(methodDocs(method, `${context.names.method(method.name)} answers ${method.name}.`)),
        )
        out.line(
          `${context.names.method(method.name)}(${handlerParameters(method, context)}) ${results(method, context)}`,
        )
      }
      for (const { name, docs, params } of notifications) {
        out.line(...comment([`${context.names.method(name)} is told ${name}.`, ...docs]))
        const parameters = ['ctx context.Context', ...paramsOf(params.type, context)].join(', ')
        out.line(`${context.names.method(name)}(${parameters})`)
      }
    })
    .line('}')
}

export const paramsOf = (type: TypeUse | undefined, context: CodecContext): string[] =>
  type === undefined ? [] : [`params ${goType(type, context)}`]

export function handlerParameters({ params, stream, progress }: MethodModel, context: CodecContext): string {
  return [
    'ctx context.Context',
    ...paramsOf(params.type, context),
    ...(stream === undefined ? [] : [`send func(${goType(stream, context)}) error`]),
    ...(progress === undefined ? [] : [`progress func(${goType(progress, context)}) error`]),
  ].join(', ')
}

export const results = ({ result }: MethodModel, context: CodecContext): string =>
  result === undefined ? 'error' : `(${goType(result, context)}, error)`

/** What a method does, what it may fail with, and whether it is still to be used. */
export const methodDocs = (method: MethodModel, first: string): Docs => [
  first,
  ...method.docs,
  ...(method.deprecated ? ['Deprecated: the contract says so.'] : []),
]

/** What the runtime is handed: how each method is read, called and answered. */
export function declareTables(role: Role, context: CodecContext, out: CodeWriter): void {
  const { side, title, handlers } = role
  for (const method of side.methods) if (method.errors.length > 0) declareFault(role, method, context, out)
  const table = (name: string, what: string, entries: readonly (() => void)[]): void => {
    out.blank().line(...comment([`${name} says how the handlers' ${what} are called.`]))
    const parameter = entries.length === 0 ? '_' : 'handlers'
    const type = what === 'methods' ? 'method' : 'notification'
    out
      .block(`func ${name}(${parameter} ${handlers}) map[string]*${type} {`, () => {
        if (entries.length === 0) out.line('return nil')
        else
          out
            .block(`return map[string]*${type}{`, () => {
              for (const entry of entries) entry()
            })
            .line('}')
      })
      .line('}')
  }
  table(
    `${title}Methods`,
    'methods',
    side.methods.map(method => () => methodEntry(role, method, context, out)),
  )
  table(
    `${title}Notifications`,
    'notifications',
    side.notifications.map(notification => () => notificationEntry(role, notification, context, out)),
  )
}

function methodEntry(role: Role, method: MethodModel, context: CodecContext, out: CodeWriter): void {
  const { params, stream, progress, result, errors } = method
  const { owner } = partsOf(role, method, context)
  out
    .block(`${quoted(method.name)}: {`, () => {
      if (params.positional) out.line('positional: true,')
      out
        .block('handle: func(ctx context.Context, call *incoming) error {', () => {
          if (params.type === undefined)
            out
              .block('if err := call.Params.Nothing(); err != nil {', () =>
                out.line('return call.BadParams(err)'),
              )
              .line('}')
          else {
            out.line(`params, err := ${values(params.type, 'call.Params', `ParamsOf${owner}`, context)}`)
            out.block('if err != nil {', () => out.line('return call.BadParams(err)')).line('}')
          }
          if (stream !== undefined) sender('send', 'item', 'Item', stream, `ItemOf${owner}`, context, out)
          if (progress !== undefined)
            sender('progress', 'value', 'Progress', progress, `ProgressOf${owner}`, context, out)
          const given = [
            'ctx',
            ...(params.type === undefined ? [] : ['params']),
            ...(stream === undefined ? [] : ['send']),
            ...(progress === undefined ? [] : ['progress']),
          ].join(', ')
          // Handlers begin in the order of their calls, however long it took to read the params.
          out.line('call.Begin()')
          const call = `handlers.${context.names.method(method.name)}(${given})`
          const failed = errors.length === 0 ? 'err' : `faultOf${owner}(err)`
          if (result === undefined) {
            out.block(`if err := ${call}; err != nil {`, () => out.line(`return ${failed}`)).line('}')
            out.line('return call.AnswerNothing()')
          } else {
            out.line(`result, err := ${call}`)
            out.block('if err != nil {', () => out.line(`return ${failed}`)).line('}')
            closure('return call.Answer(', ')', result, 'result', `ResultOf${owner}`, context, out)
          }
        })
        .line('},')
    })
    .line('},')
}

/** A function by which a handler says something before its result. */
function sender(
  name: string,
  value: string,
  method: string,
  use: TypeUse,
  part: string,
  context: CodecContext,
  out: CodeWriter,
): void {
  out
    .block(`${name} := func(${value} ${goType(use, context)}) error {`, () =>
      closure(`return call.${method}(`, ')', use, value, part, context, out),
    )
    .line('}')
}

function notificationEntry(
  role: Role,
  notification: NotificationModel,
  context: CodecContext,
  out: CodeWriter,
): void {
  const { name, params } = notification
  const { owner } = partsOf(role, notification, context)
  out
    .block(`${quoted(name)}: {`, () => {
      if (params.positional) out.line('positional: true,')
      out
        .block('handle: func(ctx context.Context, n *node) error {', () => {
          if (params.type === undefined)
            out.block('if err := n.Nothing(); err != nil {', () => out.line('return err')).line('}')
          else {
            out.line(`params, err := ${values(params.type, 'n', `ParamsOf${owner}`, context)}`)
            out.block('if err != nil {', () => out.line('return err')).line('}')
          }
          const given = params.type === undefined ? 'ctx' : 'ctx, params'
          out.line(`handlers.${context.names.method(name)}(${given})`, 'return nil')
        })
        .line('},')
    })
    .line('},')
}

/** The errors that a method declares, as they travel. */
function declareFault(role: Role, method: MethodModel, context: CodecContext, out: CodeWriter): void {
  const { owner } = partsOf(role, method, context)
  out.blank()
  out.line(...comment([`faultOf${owner} gives a failure of ${method.name} as it travels.`]))
  out
    .block(`func faultOf${owner}(err error) error {`, () => {
      for (const error of method.errors)
        out
          .block(`if e := (*${context.names.error(error.id)})(nil); errors.As(err, &e) {`, () =>
            declared(error, context, out),
          )
          .line('}')
      out.line('return err')
    })
    .line('}')
}

function declared({ id, code, data }: ErrorModel, context: CodecContext, out: CodeWriter): void {
  const head = `return &declaredError{Code: ${code}, Message: e.Error()`
  if (data === undefined) out.line(`${head}}`)
  else closure(`${head}, Data: `, '}', data, 'e.Data', `DataOf${context.names.error(id)}`, context, out)
}
