import type { GoWriter } from '../print/go-writer.js'
import type { MethodModel, NotificationModel, TypeRef } from '../../../model/model.js'
import { closure, isShort, reader, values } from '../codecs/inline-codecs.js'
import type { CodecContext } from '../codecs/codec-context.js'
import { methodDocs, partsOf, type Role } from './service.js'
import { comment, quoted } from '../print/text.js'
import { goType } from '../types/type-ref.js'

/** The methods through which the other end calls a side. */
export function declareClient(role: Role, context: CodecContext, out: GoWriter): void {
  for (const method of role.side.methods) {
    declareErrors(role, method, context, out)
    out.blank()
    declareMethod(role, method, context, out)
  }
  for (const notification of role.side.notifications) {
    out.blank()
    declareNotification(role, notification, context, out)
  }
}

const receiverName = ({ client }: Role): string => client.charAt(0).toLowerCase()
const receiver = (role: Role): string => `(${receiverName(role)} *${role.client})`
const peer = (role: Role): string => `${receiverName(role)}.peer`

function declareMethod(role: Role, method: MethodModel, context: CodecContext, out: GoWriter): void {
  const { names } = context
  const { params, stream, progress, result, errors } = method
  const { owner } = partsOf(role, method, context)
  const name = names.method(method.name)
  const parameters = [
    'ctx context.Context',
    ...(params.type === undefined ? [] : [`params ${goType(params.type, context)}`]),
    ...(progress === undefined ? [] : [`options ...ipc.CallOptions[${goType(progress, context)}]`]),
  ].join(', ')
  const value = result === undefined ? undefined : goType(result, context)
  const answer =
    stream === undefined
      ? value === undefined
        ? 'error'
        : `(${value}, error)`
      : `ipc.Stream[${goType(stream, context)}, ${value ?? 'struct{}'}]`
  out.line(...comment(methodDocs(method, `${name} calls ${method.name}.`)))
  out.block(`func ${receiver(role)} ${name}(${parameters}) ${answer} {`, () => {
    const write = writing(params.type, `ParamsOf${owner}`, context, out)
    const report = reporting(progress, `ProgressOf${owner}`, context, out)
    const table = errors.length === 0 ? 'nil' : `errorsOf${owner}`
    if (stream !== undefined) {
      const item = reader(stream, `ItemOf${owner}`, context)
      const read = result === undefined ? 'nil' : reader(result, `ResultOf${owner}`, context)
      // Nothing tells the type of a result that is not read.
      const types = result === undefined ? answer.slice('ipc.Stream'.length) : ''
      out.block(
        `return peer.Open${types}(`,
        () =>
          out.line(
            `ctx, ${peer(role)}, ${quoted(method.name)}, ${write}, ${table}, ${report},`,
            ...`${item},`.split('\n'),
            ...`${read},`.split('\n'),
          ),
        ')',
      )
      return
    }
    const call = (read: string): string =>
      `${peer(role)}.Call(ctx, ${quoted(method.name)}, ${write}, ${read}, ${table}, ${report})`
    if (result === undefined) {
      out.line(`return ${call('nil')}`)
      return
    }
    out.line(`var result ${value ?? ''}`)
    out.block('read := func(n *jsontree.Node) (err error) {', () =>
      out.line(
        `result, err = ${values(result, 'n', `ResultOf${owner}`, context).replace('error(nil)', 'nil')}`,
        'return err',
      ),
    )
    out.line(`err := ${call('read')}`, 'return result, err')
  })
}

/** Declares how params are written; gives the name of the function. */
function writing(ref: TypeRef | undefined, part: string, context: CodecContext, out: GoWriter): string {
  if (ref === undefined) return 'nil'
  closure('write := ', '', ref, 'params', part, context, out)
  return 'write'
}

function reporting(ref: TypeRef | undefined, part: string, context: CodecContext, out: GoWriter): string {
  if (ref === undefined) return 'nil'
  const read = reader(ref, part, context).split('\n')
  const [only = ''] = read
  if (read.length === 1 && isShort(`\treport := peer.Reports(options, ${only})`))
    out.line(`report := peer.Reports(options, ${only})`)
  else
    out.block(
      'report := peer.Reports(',
      () => out.line('options,', ...`${read.join('\n')},`.split('\n')),
      ')',
    )
  return 'report'
}

/** How the errors that a method declares are read. */
function declareErrors(role: Role, method: MethodModel, context: CodecContext, out: GoWriter): void {
  if (method.errors.length === 0) return
  const { owner } = partsOf(role, method, context)
  out.blank().line(...comment([`errorsOf${owner} has the errors that ${method.name} declares, by code.`]))
  out.block(`var errorsOf${owner} = map[int64]peer.ErrorReader{`, () => {
    for (const { id, code, data } of method.errors) {
      const name = context.names.error(id)
      out.block(
        `${code}: func(message string, ${data === undefined ? '_' : 'data'} *jsontree.Node) error {`,
        () => {
          if (data === undefined) {
            out.line(`return &${name}{Message: message}`)
            return
          }
          out.line(`value, err := ${values(data, 'data.OrNull()', `DataOf${name}`, context)}`)
          out.block('if err != nil {', () => out.line('return err'))
          out.line(`return &${name}{Message: message, Data: value}`)
        },
        '},',
      )
    }
  })
}

function declareNotification(
  role: Role,
  { name, docs, params }: NotificationModel,
  context: CodecContext,
  out: GoWriter,
): void {
  const { owner } = partsOf(role, { name, docs, params }, context)
  const parameters = params.type === undefined ? '' : `params ${goType(params.type, context)}`
  out.line(...comment([`${context.names.method(name)} sends the notification ${name}.`, ...docs]))
  out.block(`func ${receiver(role)} ${context.names.method(name)}(${parameters}) error {`, () => {
    const write = writing(params.type, `ParamsOf${owner}`, context, out)
    out.line(`return ${peer(role)}.Notify(${receiverName(role)}.ctx, ${quoted(name)}, ${write})`)
  })
}
