import type { GoWriter } from '../print/go-writer.js'
import type { NamedType, TypeRef } from '../../../model/model.js'
import type { CodecContext } from './codec-context.js'
import { Decoder } from './decode.js'
import { Encoder } from './encode.js'
import { declareJsonMethods } from './json-methods.js'
import { isDeclared } from '../names/names.js'
import { comment } from '../print/text.js'
import { zero } from '../types/type-ref.js'

/** The functions that read and write a type, and those for the parts of it that have no name. */
export function declareCodec(type: NamedType, context: CodecContext, out: GoWriter): void {
  const decoder = new Decoder(context, out)
  const encoder = new Encoder(context, out)
  if (isDeclared(type)) declareEntrances(type, context, out)
  decoder.declare(type)
  encoder.declare(type)
  declareJsonMethods(type, context, out)
}

/** For types that the contract names: the same codecs for values that travel by other ways. */
function declareEntrances(type: NamedType, context: CodecContext, out: GoWriter): void {
  const { names } = context
  const name = names.type(type.id)
  const [decode, encode] = [names.decoder(type.id), names.encoder(type.id)]
  out.blank()
  out.line(
    ...comment([
      `${decode} reads a ${name} from JSON, as it is on the wire. If the value does not match the contract, the error is an *InvalidValueError.`,
    ]),
  )
  out
    .block(`func ${decode}(data []byte) (${name}, error) {`, () => {
      out.line('n, err := jsontree.Parse(data)')
      out.block('if err != nil {', () =>
        out.line(`return ${zero({ kind: 'named', id: type.id }, context)}, err`),
      )
      out.line(`return decode${name}(n)`)
    })
    .blank()
  out.line(
    ...comment([
      `${encode} writes a ${name} as JSON, as it is on the wire. If the value does not match the contract, the error is an *InvalidValueError.`,
    ]),
  )
  out.block(`func ${encode}(value ${name}) ([]byte, error) {`, () => {
    out.line('var w jsontree.Writer')
    out.block(`if err := encode${name}(&w, value); err != nil {`, () => out.line('return nil, err'))
    out.line('return w.Out, nil')
  })
}

/** The functions for a value without a name, where it is of more than one part; else there is no need. */
export function declarePart(ref: TypeRef, part: string, context: CodecContext, out: GoWriter): void {
  new Decoder(context, out).declarePart(ref, part)
  new Encoder(context, out).declarePart(ref, part)
}
