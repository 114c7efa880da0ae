import type { CodeWriter } from '../../../print/code-writer.js'
import type { MethodModel, NotificationModel, ParamsModel, SideModel } from '../../../model/model.js'
import { group, type Doc } from '../../../print/document.js'
import { call, laidOut, listed, signature } from '../print/layout.js'
import { quoted } from '../../../print/javascript-text.js'
import { docComment, type Tag } from '../print/text.js'
import { aliasDoc, keyword, reference, referenceDoc, typeDoc, type TypeCode } from '../types/type-code.js'
import { annotation, isUnknown, type TypeContext } from '../types/type-ref.js'

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
    out.line(...laidOut(aliasDoc(name, keyword('object')), out.column))
    return
  }
  out.block(`export interface ${name} {`, () => {
    for (const method of side.methods) {
      out.line(...handlerDocs(method, context, out.column))
      const parameters = handlerParameters(method, peer, context)
      const head = memberName(context.names.method(method.name))
      const answer = group(': ', typeDoc(answerType(method, context)))
      out.line(...laidOut(group(head, listed('(', parameters, ')'), answer), out.column))
    }
    for (const { name, docs, params } of side.notifications) {
      out.line(...docComment(docs, out.column))
      const head = `${memberName(context.names.method(name))}?`
      const answer = ': void | Promise<void>'
      out.line(
        ...laidOut(group(head, listed('(', paramsOf(params, context, false), ')'), answer), out.column),
      )
    }
  })
  out.line('}')
}

/** In an interface `new()` would be what makes an object of it. */
const memberName = (name: string): string => (name === 'new' ? quoted(name) : name)

export function handlerParameters(method: MethodModel, peer: string, context: TypeContext): Doc[] {
  const progress = method.progress === undefined ? keyword('never') : annotation(method.progress, context)
  const handler = referenceDoc(context.imports.use('HandlerContext'), [progress, reference(peer)])
  return [...paramsOf(method.params, context, false), ['context: ', handler]]
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
  const progress = method.progress === undefined ? [] : [annotation(method.progress, context)]
  const options = ['options?: ', referenceDoc(context.imports.use('CallOptions'), progress)]
  const parameters = [...paramsOf(method.params, context, true), options]
  const result = method.result === undefined ? keyword('void') : annotation(method.result, context)
  const [verb, answer] =
    method.stream === undefined
      ? ['call', referenceDoc('Promise', [result])]
      : ['stream', referenceDoc(context.imports.use('Stream'), [annotation(method.stream, context), result])]
  out.line(...callDocs(method, context, out.column))
  const head = signature(context.names.method(method.name), parameters, answer)
  out.line(...laidOut([head, ' {'], out.column))
  out.indented(() => {
    const given = method.params.type === undefined ? 'undefined' : 'params'
    const isKnown = [method.result, method.stream].every(
      ref => ref === undefined || isUnknown(ref, context.model),
    )
    const type = isKnown && method.result !== undefined ? '' : [' as ', answer]
    const parts = [quoted(method.name), given, 'options']
    out.line(...laidOut([call(`return this.remote.${verb}`, parts), type], out.column))
  })
  out.line('}')
}

function declareNotify(
  { name, docs, params }: NotificationModel,
  context: TypeContext,
  out: CodeWriter,
): void {
  out.line(...docComment(docs, out.column))
  const head = signature(context.names.method(name), paramsOf(params, context, true), 'void')
  out.line(...laidOut([head, ' {'], out.column))
  out.indented(() => {
    const given = params.type === undefined ? [] : ['params']
    out.line(...laidOut(call('this.remote.notify', [quoted(name), ...given]), out.column))
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
  const listener = ['listener: ', group(listed('(', paramsOf(params, context, false), ')'), ' => void')]
  const head = signature(context.names.listener(name), [listener], '() => void')
  out.line(...laidOut([head, ' {'], out.column))
  out.indented(() =>
    out.line(...laidOut(call('return this.remote.on', [quoted(name), 'listener']), out.column)),
  )
  out.line('}')
}

function paramsOf({ type, optional }: ParamsModel, context: TypeContext, isCall: boolean): Doc[] {
  if (type === undefined) return []
  return [[`params${isCall && optional ? '?' : ''}: `, typeDoc(annotation(type, context))]]
}

/** What a handler may return. */
export function answerType({ result, stream }: MethodModel, context: TypeContext): TypeCode {
  const value = result === undefined ? keyword('void') : annotation(result, context)
  if (stream !== undefined)
    return reference('AsyncGenerator', annotation(stream, context), value, keyword('void'))
  // Whatever it is, a promise of it is one of the same.
  if (result !== undefined && isUnknown(result, context.model)) return value
  return joined([...partsOf(value), reference('Promise', value)])
}

const partsOf = (type: TypeCode): readonly TypeCode[] => (type.kind === 'union' ? type.parts : [type])
const joined = (parts: readonly TypeCode[]): TypeCode => ({ kind: 'union', parts })

/** For callers. */
const callDocs = (method: MethodModel, context: TypeContext, column: number): string[] =>
  docComment(method.docs, column, [
    ...throwing(method, context),
    ...(method.deprecated ? [{ tag: 'deprecated', text: '' }] : []),
  ])

/** For implementers, who must implement even what is deprecated: linters would complain about the tag. */
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
