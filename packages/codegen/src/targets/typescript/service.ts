import type { CodeWriter } from '../../code-writer.js'
import type { MethodModel, NotificationModel, ParamsModel, SideModel } from '../../model.js'
import { lineLength } from './facts.js'
import { call, generic, signature } from './layout.js'
import { docComment, quoted, type Tag } from './text.js'
import { annotation, annotations, isUnknown, unionParts, type TypeContext } from './type-ref.js'

/** The interface of what a side implements. `peer` is the class through which it calls the other. */
export function declareHandlers(
  name: string,
  peer: string,
  side: SideModel,
  docs: string,
  context: TypeContext,
  out: CodeWriter,
): void {
  out.line(...docComment([docs], out.column))
  if (side.methods.length + side.notifications.length === 0) {
    out.line(`export type ${name} = object`)
    return
  }
  out.block(`export interface ${name} {`, () => {
    for (const method of side.methods) {
      out.line(...handlerDocs(method, context, out.column))
      const parameters = handlerParameters(method, peer, context)
      const head = context.names.method(method.name)
      out.line(...signature(head, parameters, answersOf(method, context), out.column))
    }
    for (const { name, docs, params } of side.notifications) {
      out.line(...docComment(docs, out.column))
      const head = `${context.names.method(name)}?`
      out.line(...call(head, paramsOf(params, context, false), ': void | Promise<void>', out.column))
    }
  })
  out.line('}')
}

export function handlerParameters(method: MethodModel, peer: string, context: TypeContext): string[] {
  const progress = method.progress === undefined ? 'never' : annotation(method.progress, context)
  return [...paramsOf(method.params, context, false), `context: HandlerContext<${progress}, ${peer}>`]
}

/** The methods of a class through which a side is called. */
export function declareCalls(side: SideModel, other: SideModel, context: TypeContext, out: CodeWriter): void {
  for (const method of side.methods) {
    separate(out)
    declareCall(method, context, out)
  }
  for (const notification of side.notifications) {
    separate(out)
    declareNotify(notification, context, out)
  }
  for (const notification of other.notifications) {
    separate(out)
    declareListen(notification, context, out)
  }
}

/** A blank line between the members of a class. */
function separate(out: CodeWriter): void {
  if (out.lines.at(-1)?.endsWith('{') !== true) out.blank()
}

function declareCall(method: MethodModel, context: TypeContext, out: CodeWriter): void {
  const progress = method.progress === undefined ? '' : `<${annotation(method.progress, context)}>`
  const parameters = [...paramsOf(method.params, context, true), `options?: CallOptions${progress}`]
  const result = method.result === undefined ? 'void' : annotation(method.result, context)
  const [verb, answer] =
    method.stream === undefined
      ? ['call', `Promise<${result}>`]
      : ['stream', `Stream<${annotation(method.stream, context)}, ${result}>`]
  out.line(...callDocs(method, context, out.column))
  out.line(...call(context.names.method(method.name), parameters, `: ${answer} {`, out.column))
  out.indented(() => {
    const given = method.params.type === undefined ? 'undefined' : 'params'
    const isKnown = [method.result, method.stream].every(
      use => use === undefined || isUnknown(use, context.model),
    )
    const hasType = isKnown && method.result !== undefined ? '' : ` as ${answer}`
    const parts = [quoted(method.name), given, 'options']
    out.line(...answering(`return this.remote.${verb}`, parts, hasType, out.column))
  })
  out.line('}')
}

function declareNotify(
  { name, docs, params }: NotificationModel,
  context: TypeContext,
  out: CodeWriter,
): void {
  out.line(...docComment(docs, out.column))
  out.line(...call(context.names.method(name), paramsOf(params, context, true), ': void {', out.column))
  out.indented(() => {
    const given = params.type === undefined ? [] : ['params']
    out.line(...call('this.remote.notify', [quoted(name), ...given], '', out.column))
  })
  out.line('}')
}

function declareListen(
  { name, docs, params }: NotificationModel,
  context: TypeContext,
  out: CodeWriter,
): void {
  const heard = docs.length === 0 ? [`Listens to ${name}; the returned function ends it.`] : docs
  out.line(...docComment(heard, out.column))
  const listener = `listener: (${paramsOf(params, context, false).join(', ')}) => void`
  out.line(...call(context.names.listener(name), [listener], ': () => void {', out.column))
  out.indented(() => out.line(...call('return this.remote.on', [quoted(name), 'listener'], '', out.column)))
  out.line('}')
}

function paramsOf({ type, optional }: ParamsModel, context: TypeContext, isCall: boolean): string[] {
  if (type === undefined) return []
  return [`params${isCall && optional ? '?' : ''}: ${annotation(type, context)}`]
}

/** A call with the type of its answer; where only the type finds no room, it goes to lines of its own. */
function answering(head: string, parts: readonly string[], type: string, column: number): string[] {
  const together = `${head}(${parts.join(', ')})`
  const broken = generic(`${together} as `, type.replace(/^ as /, ''), '')
  const isWhole = column + together.length + type.length <= lineLength
  if (isWhole || broken === undefined || column + (broken[0] ?? '').length > lineLength)
    return call(head, parts, type, column)
  return broken
}

/** What a handler may return. */
export const answerOf = (method: MethodModel, context: TypeContext): string =>
  answersOf(method, context).join(' | ')

function answersOf({ result, stream }: MethodModel, context: TypeContext): string[] {
  const parts = result === undefined ? ['void'] : unionParts(annotations(result, context))
  const value = parts.join(' | ')
  if (stream !== undefined) return [`AsyncGenerator<${annotation(stream, context)}, ${value}, void>`]
  // Whatever it is, a promise of it is one of the same.
  if (result !== undefined && isUnknown(result, context.model)) return parts
  return [...parts, `Promise<${value}>`]
}

/** For who calls it. */
const callDocs = (method: MethodModel, context: TypeContext, column: number): string[] =>
  docComment(method.docs, column, [
    ...throwing(method, context),
    ...(method.deprecated ? [{ tag: 'deprecated', text: '' }] : []),
  ])

/** For who implements it, who must do so although it is deprecated: the tag would be a fault to linters. */
export const handlerDocs = (method: MethodModel, context: TypeContext, column: number): string[] =>
  docComment(
    method.deprecated ? [...method.docs, 'Deprecated.'] : method.docs,
    column,
    throwing(method, context),
  )

const throwing = ({ errors }: MethodModel, { names }: TypeContext): Tag[] =>
  errors.map(({ id, docs }) => {
    const link = `{@link ${names.error(id)}}`
    return { tag: 'throws', text: docs[0] === undefined ? link : `${link} ${docs[0]}` }
  })
