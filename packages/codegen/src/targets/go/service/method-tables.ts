import type { GoWriter } from '../print/go-writer.js'
import type { ErrorModel, MethodModel, NotificationModel, TypeRef } from '../../../model/model.js'
import { closure, values } from '../codecs/inline-codecs.js'
import type { CodecContext } from '../codecs/codec-context.js'
import { hasHandlers, partsOf, type Role } from './service.js'
import { aligned, comment, quoted } from '../print/text.js'
import { goType } from '../types/type-ref.js'

/** What the runtime is handed: how each method is read, called and answered. */
export function declareTables(role: Role, context: CodecContext, out: GoWriter): void {
  const { side, title, handlers } = role
  for (const method of side.methods) if (method.errors.length > 0) declareFault(role, method, context, out)
  if (!hasHandlers(role)) return
  const table = (name: string, what: string, entries: readonly (() => void)[]): void => {
    if (entries.length === 0) return
    out.blank().line(...comment([`${name} describes how to call the handlers' ${what}.`]))
    const type = what === 'methods' ? 'peer.Method' : 'peer.Notification'
    out.block(`func ${name}(handlers ${handlers}) map[string]*${type} {`, () =>
      out.block(`return map[string]*${type}{`, () => {
        for (const entry of entries) entry()
      }),
    )
  }
  out.blank().line(...comment([`${title}Handlers describes how to call the handlers.`]))
  out.block(`func ${title}Handlers(handlers ${handlers}) peer.Handlers {`, () =>
    out.block('return peer.Handlers{', () =>
      out.line(
        ...alignedFields([
          ['Value', 'handlers'],
          ['Interface', quoted(handlers)],
          ...(side.methods.length > 0 ? [['Methods', `${title}Methods(handlers)`]] : []),
          ...(side.notifications.length > 0 ? [['Notifications', `${title}Notifications(handlers)`]] : []),
        ]),
      ),
    ),
  )
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

const alignedFields = (fields: readonly (readonly string[])[]): string[] =>
  aligned(fields.map(([name = '', value = '']) => [`${name}:`, `${value},`]))

function methodEntry(role: Role, method: MethodModel, context: CodecContext, out: GoWriter): void {
  const { params, stream, progress, result, errors } = method
  const { owner } = partsOf(role, method, context)
  out.block(
    `${quoted(method.name)}: {`,
    () => {
      if (params.positional) out.line('Positional: true,')
      out.block(
        'Handle: func(ctx context.Context, call *peer.Incoming) error {',
        () => {
          if (params.type === undefined)
            out.block('if err := call.Params.Nothing(); err != nil {', () =>
              out.line('return call.BadParams(err)'),
            )
          else {
            out.line(`params, err := ${values(params.type, 'call.Params', `ParamsOf${owner}`, context)}`)
            out.block('if err != nil {', () => out.line('return call.BadParams(err)'))
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
            out.block(`if err := ${call}; err != nil {`, () => out.line(`return ${failed}`))
            out.line('return call.AnswerNothing()')
          } else {
            // What can be nothing but null is written without looking at it.
            if (result.kind === 'null')
              out.block(`if _, err := ${call}; err != nil {`, () => out.line(`return ${failed}`))
            else {
              out.line(`result, err := ${call}`)
              out.block('if err != nil {', () => out.line(`return ${failed}`))
            }
            closure('return call.Answer(', ')', result, 'result', `ResultOf${owner}`, context, out)
          }
        },
        '},',
      )
    },
    '},',
  )
}

/** A function by which a handler says something before its result. */
function sender(
  name: string,
  value: string,
  method: string,
  ref: TypeRef,
  part: string,
  context: CodecContext,
  out: GoWriter,
): void {
  out.block(`${name} := func(${value} ${goType(ref, context)}) error {`, () =>
    closure(`return call.${method}(`, ')', ref, value, part, context, out),
  )
}

function notificationEntry(
  role: Role,
  notification: NotificationModel,
  context: CodecContext,
  out: GoWriter,
): void {
  const { name, params } = notification
  const { owner } = partsOf(role, notification, context)
  out.block(
    `${quoted(name)}: {`,
    () => {
      if (params.positional) out.line('Positional: true,')
      out.block(
        'Handle: func(ctx context.Context, n *jsontree.Node) error {',
        () => {
          if (params.type === undefined)
            out.block('if err := n.Nothing(); err != nil {', () => out.line('return err'))
          else {
            out.line(`params, err := ${values(params.type, 'n', `ParamsOf${owner}`, context)}`)
            out.block('if err != nil {', () => out.line('return err'))
          }
          const given = params.type === undefined ? 'ctx' : 'ctx, params'
          out.line(`handlers.${context.names.method(name)}(${given})`, 'return nil')
        },
        '},',
      )
    },
    '},',
  )
}

/** The errors that a method declares, as they travel. */
function declareFault(role: Role, method: MethodModel, context: CodecContext, out: GoWriter): void {
  const { owner } = partsOf(role, method, context)
  out.blank()
  out.line(
    ...comment([`faultOf${owner} converts an error of ${method.name} to the form in which it is sent.`]),
  )
  out.block(`func faultOf${owner}(err error) error {`, () => {
    for (const error of method.errors)
      out.block(`if e, ok := peer.Find[*${context.names.error(error.id)}](err); ok {`, () =>
        declared(error, context, out),
      )
    out.line('return err')
  })
}

function declared({ id, code, data }: ErrorModel, context: CodecContext, out: GoWriter): void {
  const head = `return &peer.DeclaredError{Code: ${code}, Message: e.Error()`
  if (data === undefined) out.line(`${head}}`)
  else closure(`${head}, Data: `, '}', data, 'e.Data', `DataOf${context.names.error(id)}`, context, out)
}
