import type { GoWriter } from '../print/go-writer.js'
import type { MemberModel, NamedType, TypeRef } from '../../../model/model.js'
import { isCompound, partName, type CodecContext } from './codec-context.js'
import { decodeArray, decodeMap } from './decode-container.js'
import { decodeStruct, decodeTuple } from './decode-struct.js'
import { decodeEnum, decodeUnion } from './decode-union.js'
import { hasNil, isConstant } from '../names/shapes.js'
import { goType, kindName, kindNames, literal, zero } from '../types/type-ref.js'
import { same, type Fail, type Source } from './value-source.js'

/** Writes the functions that read values. */
export class Decoder {
  readonly context: CodecContext
  readonly out: GoWriter

  constructor(context: CodecContext, out: GoWriter) {
    this.context = context
    this.out = out
  }

  declare(type: NamedType): void {
    const { names } = this.context
    const name = names.type(type.id)
    const { shape } = type
    if (shape.kind === 'struct') this.parts(type, shape.members)
    if (shape.kind === 'alias' && shape.type.kind === 'tuple')
      for (const [i, item] of shape.type.items.entries()) this.declarePart(item, partName(`Item${i}`, name))
    this.function(`decode${name}`, name, () => {
      switch (shape.kind) {
        case 'struct':
          decodeStruct(type, shape, this)
          return
        case 'union':
          decodeUnion(type, shape, this)
          return
        case 'enum':
          decodeEnum(type, shape, this)
          return
        case 'alias':
          if (shape.type.kind === 'tuple') decodeTuple(name, shape.type.items, this)
          else this.answer(shape.type, name)
      }
    })
  }

  private function(name: string, result: string, write: () => void): void {
    this.out.blank().block(`func ${name}(n *jsontree.Node) (${result}, error) {`, write)
  }

  /** The functions for members of several parts. */
  private parts(type: NamedType, members: readonly MemberModel[]): void {
    const fields = this.context.names.members(type)
    for (const member of members)
      this.declarePart(member.type, partName(fields.get(member.name) ?? '', this.context.names.type(type.id)))
  }

  declarePart(ref: TypeRef, part: string): void {
    if (!isCompound(ref)) return
    const type = goType(ref, this.context)
    this.function(`read${part}`, type, () => this.answer(ref, type))
  }

  /** Reads `n` as the only thing that a function does. */
  answer(ref: TypeRef, type: string, wrap?: (value: string) => string): void {
    const { out } = this
    const zeroValue = wrap === undefined ? zero(ref, this.context) : 'nil'
    const fail: Fail = err => `return ${zeroValue}, ${err}`
    const wrapped =
      wrap ?? ((value: string) => (type === goType(ref, this.context) ? value : `${type}(${value})`))
    switch (ref.kind) {
      case 'any':
        out.line(`return ${wrapped('n.Any()')}, nil`)
        return
      case 'null':
      case 'literal':
        out.line(
          `return ${wrapped(literal(ref.kind === 'null' ? null : ref.value))}, ${this.check(ref, same('n'))}`,
        )
        return
      case 'nullable':
        this.nullable(ref, fail)
        return
      case 'array': {
        const list = decodeArray(ref, same('n'), goType(ref, this.context), fail, 1, this)
        out.line(`return ${list}, ${ref.unique ? 'n.Unique()' : 'nil'}`)
        return
      }
      case 'map': {
        const result = decodeMap(ref, same('n'), fail, 1, goType(ref, this.context), this)
        out.line(`return ${result}, nil`)
        return
      }
      default: {
        const call = this.call(ref, same('n'), '')
        if (wrapped('value') === 'value') {
          out.line(`return ${call}`)
          return
        }
        out.line(`value, err := ${call}`)
        out.line(`return ${wrapped('value')}, err`)
      }
    }
  }

  private nullable(ref: Extract<TypeRef, { kind: 'nullable' }>, fail: Fail): void {
    const { out } = this
    this.checked(`n.OneOf(${kindNames(ref.kinds)})`, fail)
    out.block('if n.IsNull() {', () => out.line('return nil, nil'))
    if (hasNil(ref.type, this.context.model)) {
      this.answer(ref.type, goType(ref.type, this.context))
      return
    }
    if (isConstant(ref.type)) {
      this.checked(this.check(ref.type, same('n')), fail)
      out.line(`value := ${this.constant(ref.type)}`)
    } else {
      out.line(`value, err := ${this.call(ref.type, same('n'), '')}`)
      this.failed(fail)
    }
    out.line('return &value, nil')
  }

  /** Reads a value of one part, or of several by their function. Nowhere to store it: it is only checked. */
  into(ref: TypeRef, source: Source, store: string, part: string, fail: Fail): void {
    const { out } = this
    if (isConstant(ref)) {
      this.checked(this.check(ref, source), fail)
      if (store !== '' && ref.kind === 'literal') out.line(`${store} = ${this.constant(ref)}`)
    } else if (ref.kind === 'any') out.line(`${store} = ${source.value}.Any()`)
    else this.block(`if ${store}, err = ${this.call(ref, source, part)}; err != nil {`, fail)
  }

  /** An expression that gives a value and an error. */
  call(ref: TypeRef, source: Source, part: string): string {
    const rules = this.context.constraints.of(ref).join(', ')
    switch (ref.kind) {
      case 'named':
        return `decode${this.context.names.type(ref.id)}(${source.pointer})`
      case 'boolean':
        return `${source.value}.Boolean()`
      case 'integer':
        return `${source.value}.Integer(${rules})`
      case 'number':
        return `${source.value}.Number(${rules})`
      case 'string':
        return `${source.value}.Text(${rules})`
      case 'bytes':
        return `${source.value}.Bytes(${rules})`
      case 'int64':
        return `${source.value}.${ref.signed ? 'Int64' : 'Uint64'}()`
      default:
        return `read${part}(${source.pointer})`
    }
  }

  /** An expression that gives an error where the value is not the only one there may be. */
  check(ref: Extract<TypeRef, { kind: 'null' | 'literal' }>, { value }: Source): string {
    if (ref.kind === 'null') return `${value}.Null()`
    return `${value}.Constant(${kindName(ref.kinds[0] ?? 'null')}, ${ref.value === null ? 'nil' : literal(ref.value)})`
  }

  /** A literal with its type, where Go would take another. */
  constant(ref: Extract<TypeRef, { kind: 'null' | 'literal' }>): string {
    const type = goType(ref, this.context)
    const text = literal(ref.kind === 'null' ? null : ref.value)
    return type === 'int64' || type === 'float64' ? `${type}(${text})` : text
  }

  checked(expression: string, fail: Fail): void {
    this.block(`if err := ${expression}; err != nil {`, fail)
  }

  assigned(expression: string, fail: Fail): void {
    this.block(`if err = ${expression}; err != nil {`, fail)
  }

  failed(fail: Fail): void {
    this.block('if err != nil {', fail)
  }

  private block(head: string, fail: Fail): void {
    this.out.block(head, () => this.out.line(fail('err')))
  }
}
