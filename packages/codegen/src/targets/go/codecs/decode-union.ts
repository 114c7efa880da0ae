import type { EnumShape, NamedType, UnionBranch, UnionShape } from '../../../model/model.js'
import { branchKind } from '../../../model/branch-types.js'
import type { Trial } from '../../../model/untagged.js'
import { decodeArray, decodeMap } from './decode-container.js'
import type { Decoder } from './decode.js'
import { isInterface, isMixed, needsWrapper } from '../names/shapes.js'
import { quoted } from '../print/text.js'
import { kindName, kindNames, literal } from '../types/type-ref.js'
import { same } from './value-source.js'
import { basicType, fitsKind, listed } from '../types/values.js'

/** Reads a union by the kind of the value. */
export function decodeUnion(type: NamedType, shape: UnionShape, decoder: Decoder): void {
  const { out } = decoder
  const [only] = shape.branches
  if (only?.by === 'tag' && shape.branches.length === 1) {
    decodeTagged(type, only, decoder)
    return
  }
  out.line('switch n.Kind {')
  for (const branch of shape.branches) {
    out.line(`case ${kindName(branchKind(branch))}:`)
    out.indented(() => {
      if (branch.by === 'tag') decodeTagged(type, branch, decoder)
      else if (branch.by === 'trial') tryEach(branch, decoder)
      else if (branch.kind === 'null') out.line('return nil, nil')
      else decodeKind(type, branch, decoder)
    })
  }
  out.line('default:')
  out.indented(() => out.line(`return nil, n.WrongKind(${kindNames(shape.kinds)})`))
  out.line('}')
}

function decodeKind({ id }: NamedType, branch: Extract<UnionBranch, { by: 'kind' }>, decoder: Decoder): void {
  const { context, out } = decoder
  const ref = branch.type
  if (!needsWrapper(branch, context.model)) {
    out.line(`return ${decoder.call(ref, same('n'), '')}`)
    return
  }
  const name = context.names.kind(id, branch.kind)
  if (ref.kind === 'array' || ref.kind === 'map') {
    const fail = (err: string): string => `return nil, ${err}`
    const made =
      ref.kind === 'array'
        ? decodeArray(ref, same('n'), name, fail, 1, decoder)
        : decodeMap(ref, same('n'), fail, 1, name, decoder)
    out.line(`return ${made}, ${ref.kind === 'array' && ref.unique ? 'n.Unique()' : 'nil'}`)
    return
  }
  if (ref.kind === 'literal') {
    out.line(`return ${name}(${literal(ref.value)}), ${decoder.check(ref, same('n'))}`)
    return
  }
  out.line(`value, err := ${decoder.call(ref, same('n'), '')}`)
  out.line(`return ${isInterface(ref, context.model) ? `${name}{value}` : `${name}(value)`}, err`)
}

/** One after the other; the first that fits is meant. */
function tryEach({ variants }: Trial, decoder: Decoder): void {
  const { out } = decoder
  for (const variant of variants)
    out.block(`if value, err := ${decoder.call(variant, same('n'), '')}; err == nil {`, () =>
      out.line('return value, nil'),
    )
  out.line(`return nil, n.Refuse("must fit one of the ${variants.length} shapes allowed here")`)
}

function decodeTagged(
  { id }: NamedType,
  branch: Extract<UnionBranch, { by: 'tag' }>,
  { context, out }: Decoder,
): void {
  const { names } = context
  out.line(`tag, err := n.Tag(${quoted(branch.tag)})`)
  out.block('if err != nil {', () => out.line('return nil, err'))
  out.line('switch {')
  for (const { value, type } of branch.variants) {
    out.line(`case tag.Is(${value === null ? 'nil' : literal(value)}):`)
    out.indented(() => out.line(`return decode${names.type(type.id)}(n)`))
  }
  out.line('}')
  const fail = (err: string): string => `return nil, n.At(${quoted(branch.tag)}, ${err})`
  if (!branch.open) {
    out.line(fail(`n.Refuse(${quoted(listed(branch.variants.map(({ value }) => value)))})`))
    return
  }
  out.block(`if err := tag.OneOf(${kindNames(branch.tagKinds)}); err != nil {`, () => out.line(fail('err')))
  out.line(`return ${names.unknown(id)}{Kind: tag.Any(), Raw: n.JSON()}, nil`)
}

/** Reads a value of a list. */
export function decodeEnum(type: NamedType, shape: EnumShape, decoder: Decoder): void {
  if (isMixed(shape)) decodeMixed(type, shape, decoder)
  else decodeListed(type, shape, decoder)
}

/** A list of values of one kind. */
function decodeListed(type: NamedType, shape: EnumShape, { context, out }: Decoder): void {
  const { kinds, open, values } = shape
  const name = context.names.type(type.id)
  const basic = basicType(shape)
  const [kind = 'null'] = kinds
  const isNumber = kind === 'number' || kind === 'integer'
  const reader =
    kind === 'boolean' ? 'Boolean' : kind === 'string' ? 'Text' : kind === 'integer' ? 'Integer' : 'Number'
  out.line(`value, err := n.${reader}()`)
  if (open) {
    out.line(`return ${name}(value), err`)
    return
  }
  out.block('if err != nil {', () => out.line(`return ${zeroOf(basic)}, err`))
  // A fraction must not become a whole number on the way.
  const whole = isNumber && reader === 'Number' && basic === 'int64'
  out.line(`listed := ${name}(value)`)
  out.block(`if ${whole ? 'float64(listed) != value || ' : ''}!listed.Known() {`, () =>
    out.line(`return ${zeroOf(basic)}, n.Refuse(${quoted(listed(values))})`),
  )
  out.line('return listed, nil')
}

const zeroOf = (basic: string): string => ({ string: '""', bool: 'false' })[basic] ?? '0'

/** A list of values of several kinds. */
function decodeMixed(type: NamedType, shape: EnumShape, { context, out }: Decoder): void {
  out.line('switch n.Kind {')
  for (const kind of shape.kinds) {
    out.line(`case ${kindName(kind === 'integer' ? 'number' : kind)}:`)
    out.indented(() => {
      if (kind === 'null') {
        out.line('return nil, nil')
        return
      }
      const mine = shape.values.filter(value => fitsKind(value, kind))
      const name = context.names.kind(type.id, kind)
      const reader = { boolean: 'Boolean', string: 'Text', integer: 'Integer' }[kind as string] ?? 'Number'
      out.line(`value, err := n.${reader}()`)
      if (shape.open) {
        out.line(`return ${name}(value), err`)
        return
      }
      out.block('if err != nil {', () => out.line('return nil, err'))
      out.line(`listed := ${name}(value)`)
      out.block('if !listed.Known() {', () =>
        out.line(`return nil, n.Refuse(${quoted(listed(shape.byKind ? mine : shape.values))})`),
      )
      out.line('return listed, nil')
    })
  }
  out.line('default:')
  out.indented(() => out.line(`return nil, n.WrongKind(${kindNames(shape.kinds)})`))
  out.line('}')
}
