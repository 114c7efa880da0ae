import type { GoWriter } from '../print/go-writer.js'
import type { Docs, MethodModel, NotificationModel, SideModel, TypeRef } from '../../../model/model.js'
import { isCompound, type CodecContext } from '../codecs/codec-context.js'
import { declarePart } from '../codecs/codec.js'
import { comment } from '../print/text.js'
import { goType } from '../types/type-ref.js'

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
export function declareParts(role: Role, context: CodecContext, out: GoWriter): void {
  const part = (ref: TypeRef | undefined, name: string): void => {
    if (ref !== undefined && isCompound(ref)) declarePart(ref, name, context, out)
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

/** Whether a side is asked or told anything. */
export const hasHandlers = ({ side }: Role): boolean => side.methods.length + side.notifications.length > 0

/** The interface that a program implements. */
export function declareHandlers(role: Role, context: CodecContext, out: GoWriter): void {
  if (!hasHandlers(role)) return
  const { methods, notifications } = role.side
  out.blank()
  out.line(
    ...comment([
      `${role.handlers} is what a ${role.title} implements. Calls run concurrently. The context of a call is cancelled when the caller no longer wants the answer. Embed Unimplemented${role.handlers} to leave some of it out.`,
    ]),
  )
  out.block(`type ${role.handlers} interface {`, () => {
    for (const method of methods) {
      out.line(...comment(methodDocs(method, `${context.names.method(method.name)} handles ${method.name}.`)))
      out.line(
        `${context.names.method(method.name)}(${handlerParameters(method, context)}) ${results(method, context)}`,
      )
    }
    for (const { name, docs, params } of notifications) {
      out.line(...comment([`${context.names.method(name)} handles the notification ${name}.`, ...docs]))
      const parameters = ['ctx context.Context', ...paramsOf(params.type, context)].join(', ')
      out.line(`${context.names.method(name)}(${parameters})`)
    }
  })
}

export const paramsOf = (type: TypeRef | undefined, context: CodecContext): string[] =>
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
