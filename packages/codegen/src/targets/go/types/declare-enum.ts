import type { GoWriter } from '../print/go-writer.js'
import type { EnumShape, NamedType } from '../../../model/model.js'
import { declareInterface, docComment } from './doc-comment.js'
import { isMixed, wrappedKinds } from '../names/shapes.js'
import { aligned, comment } from '../print/text.js'
import { kindType, literal, type TypeContext } from './type-ref.js'
import { basicType, fitsKind } from './values.js'

/** The type of a list of values, with a constant for each. */
export function declareEnum(type: NamedType, shape: EnumShape, context: TypeContext, out: GoWriter): void {
  if (isMixed(shape)) {
    declareMixed(type, shape, context, out)
    return
  }
  const name = context.names.type(type.id)
  docComment(
    type,
    shape.open
      ? 'is one of a list of values, or another value of the same kind.'
      : 'is one of a list of values.',
    context,
    out,
  )
  out.line(`type ${name} ${basicType(shape)}`)
  constants(type, name, [...new Set(shape.values)], context, out)
}

function constants(
  type: NamedType,
  name: string,
  values: EnumShape['values'],
  { names }: TypeContext,
  out: GoWriter,
): void {
  if (values.length > 0) {
    out.blank().line(`// The values of ${name}.`)
    out.block(
      'const (',
      () =>
        out.line(...aligned(values.map(value => [names.value(type.id, value), name, `= ${literal(value)}`]))),
      ')',
    )
  }
  out.blank().line(...comment([`Known reports whether the contract lists the value.`]))
  out.block(`func (value ${name}) Known() bool {`, () => {
    if (values.length === 0) {
      out.line('return false')
      return
    }
    out.line('switch value {')
    out.line(`case ${values.map(value => names.value(type.id, value)).join(', ')}:`)
    out.indented(() => out.line('return true'))
    out.line('default:')
    out.indented(() => out.line('return false'))
    out.line('}')
  })
}

/** Values of several kinds: an interface, and a type for each kind. */
function declareMixed(type: NamedType, shape: EnumShape, context: TypeContext, out: GoWriter): void {
  const { names } = context
  const kinds = wrappedKinds(type, context.model)
  const variants = kinds.map(kind => names.kind(type.id, kind))
  declareInterface(type, variants, shape.kinds.includes('null'), [], context, out)
  for (const kind of kinds) {
    const name = names.kind(type.id, kind)
    out.blank().line(...comment([`${name} is a ${names.type(type.id)}.`]))
    out.line(`type ${name} ${kindType(kind)}`)
    constants(
      type,
      name,
      [...new Set(shape.values)].filter(value => fitsKind(value, kind)),
      context,
      out,
    )
  }
}
