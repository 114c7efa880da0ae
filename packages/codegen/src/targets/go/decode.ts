import type { CodeWriter } from '../../code-writer.js'
import type { MemberModel, NamedType, StructShape, TypeUse } from '../../model.js'
import { acceptsNull } from '../../accepts-null.js'
import { isCompound, partName, type CodecContext } from './codec.js'
import { decodeEnum, decodeUnion } from './decode-union.js'
import { counts } from './rules.js'
import { hasNil, isConstant } from './shapes.js'
import { quoted } from './text.js'
import { goType, kindName, kindNames, literal, zero } from './type-ref.js'

/** A value that is read: as a pointer, and with its methods. */
export interface Source {
  pointer: string
  value: string
}
export const same = (text: string): Source => ({ pointer: text, value: text })

/** Gives the statement that ends the function, from an expression for what went wrong. */
export type Fail = (err: string) => string

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
          this.struct(type, shape)
          return
        case 'union':
          decodeUnion(type, shape, this)
          return
        case 'enum':
          decodeEnum(type, shape, this)
          return
        case 'alias':
          if (shape.type.kind === 'tuple') this.tuple(name, shape.type.items)
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
        const list = this.array(use, same('n'), `[]${goType(use.item, this.context)}`, fail, 1)
        out.line(`return ${list}, ${use.unique ? 'n.Unique()' : 'nil'}`)
        return
      }
      case 'map': {
        const result = this.map(use, same('n'), fail, 1)
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

  // ---- structs and tuples ------------------------------------------------------------------------------------------

  private struct(type: NamedType, shape: StructShape): void {
    const { out } = this
    const name = this.context.names.type(type.id)
    const fail: Fail = err => `return out, ${err}`
    const fields = this.context.names.members(type)
    out.line(`var out ${name}`)
    const limits = counts(shape)
    const [first, ...more] = shape.parts
    const isRead = shape.members.length > 0 || first?.closed === true
    const check =
      limits.length > 0
        ? `n.Members(${limits.join(', ')})`
        : `n.Object(${required(shape, first?.members ?? [])})`
    if (!isRead) {
      out.line(`return out, ${check}`)
      return
    }
    out.line(`err := ${check}`)
    this.failed(fail)
    for (const part of shape.parts) {
      const names = required(shape, part.members)
      if (names !== '' && (part !== first || limits.length > 0)) this.assigned(`n.Require(${names})`, fail)
      for (const member of shape.members.filter(({ name }) => part.members.includes(name)))
        this.member(member, fields.get(member.name) ?? '', name, fail)
    }
    if (first?.closed === true && more.length === 0)
      out.line(`return out, n.Only(${shape.members.map(({ name }) => quoted(name)).join(', ')})`)
    else out.line('return out, nil')
  }

  private member(member: MemberModel, field: string, owner: string, fail: Fail): void {
    const { out } = this
    const { name, type, required } = member
    const failed: Fail = err => fail(`n.At(${quoted(name)}, ${err})`)
    const part = partName(field, owner)
    if (required) {
      this.into(type, same(`n.Find(${quoted(name)})`), isConstant(type) ? '' : `out.${field}`, part, failed)
      return
    }
    out
      .block(`if member := n.Find(${quoted(name)}); member != nil {`, () => {
        if (acceptsNull(type, this.context.model)) {
          out.line(`out.${field}.Present = true`)
          this.into(type, same('member'), type.kind === 'null' ? '' : `out.${field}.Value`, part, failed)
        } else if (hasNil(type, this.context.model))
          this.into(type, same('member'), `out.${field}`, part, failed)
        else {
          if (isConstant(type)) {
            this.into(type, same('member'), '', part, failed)
            out.line(`value := ${this.constant(type)}`)
          } else {
            out.line(`value, err := ${this.call(type, same('member'), part)}`)
            this.failed(failed)
          }
          out.line(`out.${field} = &value`)
        }
      })
      .line('}')
  }

  private tuple(name: string, items: readonly TypeUse[]): void {
    const { out } = this
    const fail: Fail = err => `return out, ${err}`
    out.line(`var out ${name}`)
    if (items.length === 0) {
      out.line('_, err := n.Tuple(0)', 'return out, err')
      return
    }
    out.line(`items, err := n.Tuple(${items.length})`)
    this.failed(fail)
    for (const [i, item] of items.entries())
      this.into(
        item,
        element('items', i),
        isConstant(item) ? '' : `out.Item${i}`,
        partName(`Item${i}`, name),
        err => fail(`n.AtIndex(${i}, ${err})`),
      )
    out.line('return out, nil')
  }

  // ---- arrays and maps ---------------------------------------------------------------------------------------------

  /** Gives the variable in which the elements are. */
  array(
    use: Extract<TypeUse, { kind: 'array' }>,
    source: Source,
    type: string,
    fail: Fail,
    depth: number,
  ): string {
    const { out } = this
    const [elements, list, index] = [numbered('elements', depth), numbered('list', depth), indexName(depth)]
    out.line(`${elements}, err := ${source.value}.Elements(${this.context.rules.of(use).join(', ')})`)
    this.failed(fail)
    out.line(`${list} := make(${type}, len(${elements}))`)
    out
      .block(`for ${index} := range ${elements} {`, () =>
        this.inside(
          use.item,
          element(elements, index),
          `${list}[${index}]`,
          err => fail(`n.AtIndex(${index}, ${err})`),
          depth + 1,
        ),
      )
      .line('}')
    return list
  }

  map(
    use: Extract<TypeUse, { kind: 'map' }>,
    source: Source,
    fail: Fail,
    depth: number,
    type?: string,
  ): string {
    const { out, context } = this
    const [entries, entry, result] = [
      numbered('entries', depth),
      numbered('entry', depth),
      numbered('result', depth),
    ]
    out.line(`${entries}, err := ${source.value}.Entries(${context.rules.of(use).join(', ')})`)
    this.failed(fail)
    out.line(`${result} := make(${type ?? goType(use, context)}, len(${entries}))`)
    out
      .block(`for _, ${entry} := range ${entries} {`, () => {
        if (use.names !== undefined) this.checked(`${entry}.Fits(${context.rules.pattern(use.names)})`, fail)
        const store = `${result}[${entry}.Name]`
        // What is null must be there, too.
        if (use.value.kind === 'nullable' || use.value.kind === 'null')
          out.line(`${store} = ${use.value.kind === 'null' ? 'Null{}' : 'nil'}`)
        this.inside(
          use.value,
          same(`${entry}.Value`),
          store,
          err => fail(`n.At(${entry}.Name, ${err})`),
          depth + 1,
        )
      })
      .line('}')
    return result
  }

  /** Reads an element or an entry. */
  private inside(use: TypeUse, source: Source, store: string, fail: Fail, depth: number): void {
    const { out } = this
    switch (use.kind) {
      case 'nullable':
        this.checked(`${source.value}.OneOf(${kindNames(use.kinds)})`, fail)
        out
          .block(`if !${source.value}.IsNull() {`, () => {
            if (hasNil(use.type, this.context.model)) {
              this.inside(use.type, source, store, fail, depth)
              return
            }
            if (isConstant(use.type)) {
              this.checked(this.check(use.type, source), fail)
              out.line(`value := ${this.constant(use.type)}`)
            } else {
              out.line(`value, err := ${this.call(use.type, source, '')}`)
              this.failed(fail)
            }
            out.line(`${store} = &value`)
          })
          .line('}')
        return
      case 'array': {
        const list = this.array(use, source, goType(use, this.context), fail, depth)
        if (use.unique) this.checked(`${source.value}.Unique()`, fail)
        out.line(`${store} = ${list}`)
        return
      }
      case 'map':
        out.line(`${store} = ${this.map(use, source, fail, depth)}`)
        return
      default:
        this.into(use, source, store, '', fail)
    }
  }

  // ---- single values -----------------------------------------------------------------------------------------------

  /** Reads a value of one part, or of several by their function. Nowhere to store it: it is only checked. */
  private into(use: TypeUse, source: Source, store: string, part: string, fail: Fail): void {
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
  private constant(use: Extract<TypeUse, { kind: 'null' | 'literal' }>): string {
    const type = goType(use, this.context)
    const text = literal(use.kind === 'null' ? null : use.value)
    return type === 'int64' || type === 'float64' ? `${type}(${text})` : text
  }

  checked(expression: string, fail: Fail): void {
    this.block(`if err := ${expression}; err != nil {`, fail)
  }

  private assigned(expression: string, fail: Fail): void {
    this.block(`if err = ${expression}; err != nil {`, fail)
  }

  failed(fail: Fail): void {
    this.block('if err != nil {', fail)
  }

  private block(head: string, fail: Fail): void {
    this.out.block(head, () => this.out.line(fail('err'))).line('}')
  }
}

const element = (list: string, index: string | number): Source => ({
  pointer: `&${list}[${index}]`,
  value: `${list}[${index}]`,
})

/** Variables of loops inside each other. */
export const numbered = (name: string, depth: number): string => (depth === 1 ? name : `${name}${depth}`)
export const indexName = (depth: number): string => numbered('i', depth)

const required = (shape: StructShape, names: readonly string[]): string =>
  shape.members
    .filter(({ name, required }) => required && names.includes(name))
    .map(({ name }) => quoted(name))
    .join(', ')
