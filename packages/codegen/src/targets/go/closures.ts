import { CodeWriter } from '../../code-writer.js'
import type { TypeUse } from '../../model.js'
import type { CodecContext } from './codec.js'
import { Decoder, same } from './decode.js'
import { Encoder } from './encode.js'
import { goType, literal } from './type-ref.js'

/** An expression, or two, for a value that is read and its error. */
export function values(use: TypeUse, source: string, part: string, context: CodecContext): string {
  const decoder = new Decoder(context, new CodeWriter('\t'))
  switch (use.kind) {
    case 'any':
      return `${source}.Any(), error(nil)`
    case 'null':
    case 'literal':
      return `${literalOf(use, context)}, ${decoder.check(use, same(source))}`
    default:
      return decoder.call(use, same(source), part)
  }
}

const literalOf = (use: Extract<TypeUse, { kind: 'null' | 'literal' }>, context: CodecContext): string => {
  const text = literal(use.kind === 'null' ? null : use.value)
  const type = goType(use, context)
  return type === 'int64' || type === 'float64' ? `${type}(${text})` : text
}

/** A function that reads a value. */
export function reader(use: TypeUse, part: string, context: CodecContext): string {
  const call = values(use, 'n', part, context)
  const name = /^(\w+)\(n\)$/.exec(call)?.[1]
  return (
    name ?? `func(n *node) (${goType(use, context)}, error) { return ${call.replace('error(nil)', 'nil')} }`
  )
}

/** A function that writes a value, between what stands before and after it. */
export function closure(
  before: string,
  after: string,
  use: TypeUse,
  value: string,
  part: string,
  context: CodecContext,
  out: CodeWriter,
): void {
  const body = new Encoder(context, out).statements(use, value, part)
  const [only, ...more] = body
  if (more.length === 0) out.line(`${before}func(w *writer) error { ${only ?? ''} }${after}`)
  else out.block(`${before}func(w *writer) error {`, () => out.line(...body)).line(`}${after}`)
}
