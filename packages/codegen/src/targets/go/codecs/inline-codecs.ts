import { GoWriter } from '../print/go-writer.js'
import type { TypeRef } from '../../../model/model.js'
import type { CodecContext } from './codec-context.js'
import { Decoder } from './decode.js'
import { Encoder } from './encode.js'
import { goType, literal } from '../types/type-ref.js'
import { same } from './value-source.js'

/** An expression, or two, for a value that is read and its error. */
export function values(ref: TypeRef, source: string, part: string, context: CodecContext): string {
  const decoder = new Decoder(context, new GoWriter())
  switch (ref.kind) {
    case 'any':
      return `${source}.Any(), error(nil)`
    case 'null':
    case 'literal':
      return `${literalOf(ref, context)}, ${decoder.check(ref, same(source))}`
    default:
      return decoder.call(ref, same(source), part)
  }
}

const literalOf = (ref: Extract<TypeRef, { kind: 'null' | 'literal' }>, context: CodecContext): string => {
  const text = literal(ref.kind === 'null' ? null : ref.value)
  const type = goType(ref, context)
  return type === 'int64' || type === 'float64' ? `${type}(${text})` : text
}

/** A function that reads a value; of several lines where it is long. */
export function reader(ref: TypeRef, part: string, context: CodecContext): string {
  const call = values(ref, 'n', part, context)
  const name = /^(\w+)\(n\)$/.exec(call)?.[1]
  if (name !== undefined) return name
  const [head, body] = [
    `func(n *jsontree.Node) (${goType(ref, context)}, error)`,
    `return ${call.replace('error(nil)', 'nil')}`,
  ]
  return isShort(head, body) ? `${head} { ${body} }` : `${head} {\n\t${body}\n}`
}

/** gofmt leaves a function on one line up to this size, in bytes. */
export const isShort = (head: string, body = ''): boolean => Buffer.byteLength(head + body) <= 100

/** A function that writes a value, between what stands before and after it. */
export function closure(
  before: string,
  after: string,
  ref: TypeRef,
  value: string,
  part: string,
  context: CodecContext,
  out: GoWriter,
): void {
  const body = new Encoder(context, out).statements(ref, value, part)
  const [only = '', ...more] = body
  const head = 'func(w *jsontree.Writer) error'
  if (more.length === 0 && isShort(head, only)) out.line(`${before}${head} { ${only} }${after}`)
  else out.block(`${before}${head} {`, () => out.line(...body), `}${after}`)
}
