import type { CodeWriter } from '../../../print/code-writer.js'
import type { MemberModel, NamedType, TypeUse } from '../../../model/model.js'
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
  readonly out: CodeWriter

  constructor(context: CodecContext, out: CodeWriter) {
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
    this.out.blank().block(`func ${name}(n *node) (${result}, error) {`, write).line('}')
  }

  /** The functions for members of several parts. */
  private parts(type: NamedType, members: readonly MemberModel[]): void {
    const fields = this.context.names.members(type)
    for (const member of members)
      this.declarePart(member.type, partName(fields.get(member.name) ?? '', this.context.names.type(type.id)))
  }

  declarePart(use: TypeUse, part: string): void {
    if (!isCompound(use)) return
    const type = goType(use, this.context)
    this.function(`read${part}`, type, () => this.answer(use, type))
  }

  /** Reads `n` as the only thing that a function does. */
  answer(use: TypeUse, type: string, wrap?: (value: string) => string): void {
    const { out } = this
    const zeroValue = wrap === undefined ? zero(use, this.context) : 'nil'
    const fail: Fail = err => `return ${zeroValue}, ${err}`
    const wrapped =
      wrap ?? ((value: string) => (type === goType(use, this.context) ? value : `${type}(${value})`))
    switch (use.kind) {
      case 'any':
        out.line(`return ${wrapped('n.Any()')}, nil`)
        return
      case 'null':
      case 'literal':
        out.line(
          `return ${wrapped(literal(use.kind === 'null' ? null : use.value))}, ${this.check(use, same('n'))}`,
        )
        return
      case 'nullable':
        this.nullable(use, fail)
        return
      case 'array': {
        const list = decodeArray(use, same('n'), goType(use, this.context), fail, 1, this)
        out.line(`return ${list}, ${use.unique ? 'n.Unique()' : 'nil'}`)
        return
      }
      case 'map': {
        const result = decodeMap(use, same('n'), fail, 1, goType(use, this.context), this)
        out.line(`return ${result}, nil`)
        return
      }
      default: {
        const call = this.call(use, same('n'), '')
        if (wrapped('value') === 'value') {
          out.line(`return ${call}`)
          return
        }
        out.line(`value, err := ${call}`)
        out.line(`return ${wrapped('value')}, err`)
      }
    }
  }

  private nullable(use: Extract<TypeUse, { kind: 'nullable' }>, fail: Fail): void {
    const { out } = this
    this.checked(`n.OneOf(${kindNames(use.kinds)})`, fail)
    out.block('if n.IsNull() {', () => out.line('return nil, nil')).line('}')
    if (hasNil(use.type, this.context.model)) {
      this.answer(use.type, goType(use.type, this.context))
      return
    }
    if (isConstant(use.type)) {
      this.checked(this.check(use.type, same('n')), fail)
      out.line(`value := ${this.constant(use.type)}`)
    } else {
      out.line(`value, err := ${this.call(use.type, same('n'), '')}`)
      this.failed(fail)
    }
    out.line('return &value, nil')
  }

  /** Reads a value of one part, or of several by their function. Nowhere to store it: it is only checked. */
  into(use: TypeUse, source: Source, store: string, part: string, fail: Fail): void {
    const { out } = this
    if (isConstant(use)) {
      this.checked(this.check(use, source), fail)
      if (store !== '' && use.kind === 'literal') out.line(`${store} = ${this.constant(use)}`)
    } else if (use.kind === 'any') out.line(`${store} = ${source.value}.Any()`)
    else this.block(`if ${store}, err = ${this.call(use, source, part)}; err != nil {`, fail)
  }

  /** An expression that gives a value and an error. */
  call(use: TypeUse, source: Source, part: string): string {
    const rules = this.context.rules.of(use).join(', ')
    switch (use.kind) {
      case 'named':
        return `decode${this.context.names.type(use.id)}(${source.pointer})`
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
        return `${source.value}.${use.signed ? 'Int64' : 'Uint64'}()`
      default:
        return `read${part}(${source.pointer})`
    }
  }

  /** An expression that gives an error where the value is not the only one there may be. */
  check(use: Extract<TypeUse, { kind: 'null' | 'literal' }>, { value }: Source): string {
    if (use.kind === 'null') return `${value}.Null()`
    return `${value}.Literal(${kindName(use.kinds[0] ?? 'null')}, ${use.value === null ? 'nil' : literal(use.value)})`
  }

  /** A literal with its type, where Go would take another. */
  constant(use: Extract<TypeUse, { kind: 'null' | 'literal' }>): string {
    const type = goType(use, this.context)
    const text = literal(use.kind === 'null' ? null : use.value)
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
    this.out.block(head, () => this.out.line(fail('err'))).line('}')
  }
}
