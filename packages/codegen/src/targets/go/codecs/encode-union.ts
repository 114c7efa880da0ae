import type { EnumShape, NamedType, TypeRef, UnionShape } from '../../../model/model.js'
import type { Encoder } from './encode.js'
import { branchTypes } from '../../../model/branch-types.js'
import { isInterface, isMixed, needsWrapper, wrappedKinds } from '../names/shapes.js'
import { quoted } from '../print/text.js'
import { goType, kindNames, kindType } from '../types/type-ref.js'
import { basicType, fitsKind, isOther, listed } from '../types/values.js'

/** What stands behind the interface writes itself. */
export function encodeUnion(type: NamedType, shape: UnionShape, encoder: Encoder): void {
  const isNullable = shape.branches.flatMap(branchTypes).some(ref => ref.kind === 'null')
  behind(type, isNullable, kindNames(shape.kinds), encoder)
}

export function encodeEnum(type: NamedType, shape: EnumShape, encoder: Encoder): void {
  if (isMixed(shape)) {
    behind(type, shape.kinds.includes('null'), kindNames(shape.kinds), encoder)
    return
  }
  if (!shape.open) refuseUnlisted(listed(shape.values), encoder)
  writeBasic(basicType(shape), encoder)
}

function behind(type: NamedType, isNullable: boolean, kinds: string, { context, out }: Encoder): void {
  out.block('if value == nil {', () => {
    if (isNullable) out.line('w.Null()', 'return nil')
    else out.line(`return w.WrongKind(${kinds})`)
  })
  out.line(`return value.encode${context.names.type(type.id)}(w)`)
}

function refuseUnlisted(message: string, { out }: Encoder): void {
  out.block('if !value.Known() {', () => out.line(`return w.Refuse(${quoted(message)}, value)`))
}

function writeBasic(basic: string, { out }: Encoder): void {
  if (basic === 'bool') out.line('w.Boolean(bool(value))', 'return nil')
  else out.line(`return w.${{ int64: 'Integer', float64: 'Number' }[basic] ?? 'Text'}(${basic}(value))`)
}

/** The methods by which the kinds of a mixed list write themselves. */
export function declareKinds(type: NamedType, shape: EnumShape, encoder: Encoder): void {
  const { names, model } = encoder.context
  for (const kind of wrappedKinds(type, model))
    method(names.kind(type.id, kind), type, encoder, () => {
      const values = shape.byKind ? shape.values.filter(value => fitsKind(value, kind)) : shape.values
      if (!shape.open) refuseUnlisted(listed(values), encoder)
      writeBasic(kindType(kind), encoder)
    })
}

/** The methods by which the types of a union write themselves. */
export function declareVariants(type: NamedType, shape: UnionShape, encoder: Encoder): void {
  const { context, out } = encoder
  const { names, model } = context
  const done = new Set<string>()
  const named = (ref: TypeRef): void => {
    const name = goType(ref, context)
    if (done.has(name)) return
    done.add(name)
    method(name, type, encoder, () => out.line(`return encode${name}(w, value)`))
  }
  for (const branch of shape.branches) {
    if (branch.by !== 'kind') {
      branchTypes(branch).forEach(named)
      if (branch.by === 'tag' && branch.open)
        method(names.unknown(type.id), type, encoder, () => {
          unknown(names.type(type.id), encoder)
        })
    } else if (branch.kind !== 'null') {
      if (needsWrapper(branch, model))
        method(names.kind(type.id, branch.kind), type, encoder, () => {
          wrapped(branch.type, encoder)
        })
      else named(branch.type)
    }
  }
}

function method(name: string, type: NamedType, { context, out }: Encoder, write: () => void): void {
  out
    .blank()
    .block(`func (value ${name}) encode${context.names.type(type.id)}(w *jsontree.Writer) error {`, write)
}

function wrapped(ref: TypeRef, encoder: Encoder): void {
  if (ref.kind === 'literal') {
    encoder.out.block(`if ${isOther('value', ref.value)} {`, () =>
      encoder.out.line(`return w.Refuse(${quoted(listed([ref.value]))}, value)`),
    )
    encoder.out.line(`w.Raw(${quoted(JSON.stringify(ref.value))})`, 'return nil')
  } else if (isInterface(ref, encoder.context.model)) encoder.answer(ref, 'value.Value')
  else encoder.answer(ref, encoder.plain(ref, 'value'))
}

function unknown(union: string, { out }: Encoder): void {
  out.line('n, err := jsontree.Parse(value.Raw)')
  out.block('if err != nil {', () => out.line('return w.NotJSON()'))
  out.line('// A value that the contract lists must match it.')
  out.block(`if _, err := decode${union}(n); err != nil {`, () => out.line('return err'))
  out.line('w.Node(n)', 'return nil')
}
