import type { GoWriter } from '../print/go-writer.js'
import type { CodecContext } from '../codecs/codec-context.js'
import { isShort } from '../codecs/inline-codecs.js'
import { handlerParameters, hasHandlers, paramsOf, type Role } from './service.js'
import { comment, quoted } from '../print/text.js'
import { goType } from '../types/type-ref.js'

/** Handlers for whoever has none of his own: they refuse calls and ignore notifications. */
export function declareUnimplemented(role: Role, context: CodecContext, out: GoWriter): void {
  if (!hasHandlers(role)) return
  const { methods, notifications } = role.side
  const type = `Unimplemented${role.handlers}`
  out
    .blank()
    .line(
      ...comment([
        `${type} refuses every call, as one of a method that does not exist, and ignores notifications. Embedded in handlers, it stands for those that they do not have.`,
      ]),
    )
  out.line(`type ${type} struct{}`)
  for (const method of methods) {
    const name = context.names.method(method.name)
    out.blank().line(`// ${name} refuses the call.`)
    const head = `func (${type}) ${name}(${unnamed(handlerParameters(method, context))})`
    const refusal = `peer.Unimplemented(${quoted(method.name)})`
    if (method.result === undefined) out.block(`${head} error {`, () => out.line(`return ${refusal}`))
    else
      out.block(`${head} (result ${goType(method.result, context)}, err error) {`, () =>
        out.line(`return result, ${refusal}`),
      )
  }
  for (const { name: wire, params } of notifications) {
    const name = context.names.method(wire)
    out.blank().line(`// ${name} does nothing.`)
    const parameters = ['ctx context.Context', ...paramsOf(params.type, context)].join(', ')
    const head = `func (${type}) ${name}(${unnamed(parameters)})`
    out.line(...(isShort(head) ? [`${head} {}`] : [`${head} {`, '}']))
  }
}

/** Parameters without their names. */
const unnamed = (parameters: string): string =>
  parameters.replace(/(?<=^|, )(?:ctx|params|send|progress) /g, '')
