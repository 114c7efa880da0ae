import { acceptsNull } from '../../../model/accepts-null.js'
import { GoWriter } from '../print/go-writer.js'
import type { MemberModel, NamedType, StructShape, TypeRef } from '../../../model/model.js'
import { isCompound, partName, type CodecContext } from './codec-context.js'
import { declareKinds, declareVariants, encodeEnum, encodeUnion } from './encode-union.js'
import { encodeArray, encodeMap } from './encode-container.js'
import { counts } from './constraints.js'
import { hasNil, isConstant } from '../names/shapes.js'
import { quoted } from '../print/text.js'
import { goType } from '../types/type-ref.js'
import type { Fail } from './value-source.js'
import { isOther, listed } from '../types/values.js'

/** Writes the functions that write values. */
export class Encoder {
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
    if (shape.kind === 'struct') {
      const fields = names.members(type)
      for (const member of shape.members)
        this.declarePart(member.type, partName(fields.get(member.name) ?? '', name))
    }
    if (shape.kind === 'alias' && shape.type.kind === 'tuple')
      for (const [i, item] of shape.type.items.entries()) this.declarePart(item, partName(`Item${i}`, name))
    const parameter = shape.kind === 'alias' && shape.type.kind === 'null' ? '_' : 'value'
    this.function(`encode${name}`, parameter, name, () => {
      switch (shape.kind) {
        case 'struct':
          this.struct(type, shape)
          return
        case 'union':
          encodeUnion(type, shape, this)
          return
        case 'enum':
          encodeEnum(type, shape, this)
          return
        case 'alias':
          if (shape.type.kind === 'tuple') this.tuple(name, shape.type.items)
          else this.answer(shape.type, this.plain(shape.type, 'value'))
      }
    })
    if (shape.kind === 'union') declareVariants(type, shape, this)
    if (shape.kind === 'enum') declareKinds(type, shape, this)
  }

  declarePart(ref: TypeRef, part: string): void {
    if (!isCompound(ref)) return
    this.function(`write${part}`, 'value', goType(ref, this.context), () => this.answer(ref, 'value'))
  }

  private function(name: string, parameter: string, type: string, write: () => void): void {
    this.out.blank().block(`func ${name}(w *jsontree.Writer, ${parameter} ${type}) error {`, write)
  }

  /** The value as what the runtime takes, where its own type is another one. */
  plain(ref: TypeRef, value: string): string {
    return ['boolean', 'integer', 'number', 'string', 'int64', 'literal'].includes(ref.kind)
      ? `${goType(ref, this.context)}(${value})`
      : value
  }

  /** Writes a value as the only thing that a function does. */
  answer(ref: TypeRef, value: string): void {
    const call = this.call(ref, value, '')
    if (call?.fails === true) this.out.line(`return ${call.text}`)
    else {
      this.write(ref, value, '', err => `return ${err}`, 1)
      this.out.line('return nil')
    }
  }

  /** The statements of a function that writes a value and nothing else. */
  statements(ref: TypeRef, value: string, part: string): string[] {
    const call = this.call(ref, value, part)
    if (call !== undefined) return call.fails ? [`return ${call.text}`] : [call.text, 'return nil']
    const lines = new GoWriter()
    new Encoder(this.context, lines).answer(ref, value)
    return lines.lines
  }

  private struct(type: NamedType, shape: StructShape): void {
    const { out, context } = this
    const name = context.names.type(type.id)
    const fields = context.names.members(type)
    const fail: Fail = err => `return ${err}`
    const limits = counts(shape)
    if (limits.length > 0) {
      const always = shape.members.filter(({ required }) => required).length
      out.line(`count := ${always}`)
      for (const member of shape.members.filter(({ required }) => !required))
        out.block(`if ${this.isThere(member, fields)} {`, () => out.line('count++'))
      this.checked(`w.Count(count, ${limits.join(', ')})`, fail)
    }
    this.checked('w.Object()', fail)
    for (const member of shape.members) {
      const write = (): void => this.member(member, fields.get(member.name) ?? '', name)
      if (member.required) write()
      else out.block(`if ${this.isThere(member, fields)} {`, write)
    }
    out.line("w.End('}')", 'return nil')
  }

  private isThere({ name, type }: MemberModel, fields: ReadonlyMap<string, string>): string {
    const field = `value.${fields.get(name) ?? ''}`
    return acceptsNull(type, this.context.model) ? `${field}.Present` : `${field} != nil`
  }

  private member({ name, type, required }: MemberModel, field: string, owner: string): void {
    const { out } = this
    out.line(`w.Name(${quoted(name)})`)
    const fail: Fail = err => `return w.At(${quoted(name)}, ${err})`
    if (required && isConstant(type)) {
      this.constant(type)
      return
    }
    this.write(
      type,
      this.present({ name, type, required }, `value.${field}`),
      partName(field, owner),
      fail,
      1,
    )
  }

  /** The value of a field that is there. */
  private present({ type, required }: Omit<MemberModel, 'docs'>, field: string): string {
    const { model } = this.context
    if (required) return field
    if (acceptsNull(type, model)) return `${field}.Value`
    return hasNil(type, model) ? field : `*${field}`
  }

  private tuple(name: string, items: readonly TypeRef[]): void {
    const { out } = this
    this.checked('w.Array()', err => `return ${err}`)
    for (const [i, item] of items.entries()) {
      out.line('w.Next()')
      if (isConstant(item)) this.constant(item)
      else
        this.write(
          item,
          `value.Item${i}`,
          partName(`Item${i}`, name),
          err => `return w.AtIndex(${i}, ${err})`,
          1,
        )
    }
    out.line("w.End(']')", 'return nil')
  }

  private constant(ref: Extract<TypeRef, { kind: 'null' | 'literal' }>): void {
    this.out.line(`w.Raw(${quoted(ref.kind === 'null' ? 'null' : JSON.stringify(ref.value))})`)
  }

  // ---- values ------------------------------------------------------------------------------------------------------

  /** Writes a value in the course of a function. */
  write(ref: TypeRef, value: string, part: string, fail: Fail, depth: number): void {
    const { out } = this
    const call = part === '' && isCompound(ref) ? undefined : this.call(ref, value, part)
    if (call !== undefined) {
      if (call.fails) this.checked(call.text, fail)
      else out.line(call.text)
      return
    }
    switch (ref.kind) {
      case 'literal':
        out.block(`if ${isOther(value, ref.value)} {`, () =>
          out.line(fail(`w.Refuse(${quoted(listed([ref.value]))}, ${value})`)),
        )
        this.constant(ref)
        return
      case 'nullable':
        out
          .block(`if ${value} == nil {`, () => out.line('w.Null()'), '} else {')
          .indented(() => {
            const pointed = hasNil(ref.type, this.context.model) ? value : `*${value}`
            this.write(ref.type, pointed, '', fail, depth)
          })
          .line('}')
        return
      case 'array':
        encodeArray(ref, value, fail, depth, this)
        return
      case 'map':
        encodeMap(ref, value, fail, depth, this)
        return
      default:
        throw new Error(`no way to write ${ref.kind}`)
    }
  }

  canFail(ref: TypeRef): boolean {
    if (ref.kind === 'nullable') return this.canFail(ref.type)
    return this.call(ref, '', '')?.fails !== false
  }

  /** A call that writes the value; undefined if it takes more. */
  private call(ref: TypeRef, value: string, part: string): { text: string; fails: boolean } | undefined {
    const rules = this.context.constraints.of(ref)
    const failing = (method: string) => ({
      text: `w.${method}(${[value, ...rules].join(', ')})`,
      fails: true,
    })
    const safe = (method: string) => ({ text: `w.${method}(${value})`, fails: false })
    switch (ref.kind) {
      case 'named':
        return { text: `encode${this.context.names.type(ref.id)}(w, ${value})`, fails: true }
      case 'any':
        return failing('Any')
      case 'null':
        return { text: 'w.Null()', fails: false }
      case 'boolean':
        return safe('Boolean')
      case 'integer':
        return failing('Integer')
      case 'number':
        return failing('Number')
      case 'string':
        return failing('Text')
      case 'bytes':
        return failing('Bytes')
      case 'int64':
        return safe(ref.signed ? 'Int64' : 'Uint64')
      case 'literal':
        return undefined
      default:
        return part === '' ? undefined : { text: `write${part}(w, ${value})`, fails: true }
    }
  }

  checked(expression: string, fail: Fail): void {
    this.out.block(`if err := ${expression}; err != nil {`, () => this.out.line(fail('err')))
  }
}
