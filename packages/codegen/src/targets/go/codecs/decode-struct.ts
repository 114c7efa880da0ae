import { acceptsNull } from '../../../model/accepts-null.js'
import type { MemberModel, NamedType, StructShape, TypeRef } from '../../../model/model.js'
import { partName } from './codec-context.js'
import type { Decoder } from './decode.js'
import { counts } from './constraints.js'
import { hasNil, isConstant } from '../names/shapes.js'
import { quoted } from '../print/text.js'
import { element, same, type Fail } from './value-source.js'

/** Reads an object, part by part where the contract joins several. */
export function decodeStruct(type: NamedType, shape: StructShape, decoder: Decoder): void {
  const { out } = decoder
  const name = decoder.context.names.type(type.id)
  const fail: Fail = err => `return out, ${err}`
  const fields = decoder.context.names.members(type)
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
  decoder.failed(fail)
  for (const part of shape.parts) {
    const names = required(shape, part.members)
    if (names !== '' && (part !== first || limits.length > 0)) decoder.assigned(`n.Require(${names})`, fail)
    for (const member of shape.members.filter(({ name }) => part.members.includes(name)))
      decodeMember(member, fields.get(member.name) ?? '', name, fail, decoder)
  }
  if (first?.closed === true && more.length === 0)
    out.line(`return out, n.Only(${shape.members.map(({ name }) => quoted(name)).join(', ')})`)
  else out.line('return out, nil')
}

function decodeMember(member: MemberModel, field: string, owner: string, fail: Fail, decoder: Decoder): void {
  const { out } = decoder
  const { name, type, required } = member
  const failed: Fail = err => fail(`n.At(${quoted(name)}, ${err})`)
  const part = partName(field, owner)
  if (required) {
    decoder.into(type, same(`n.Find(${quoted(name)})`), isConstant(type) ? '' : `out.${field}`, part, failed)
    return
  }
  out.block(`if member := n.Find(${quoted(name)}); member != nil {`, () => {
    if (acceptsNull(type, decoder.context.model)) {
      out.line(`out.${field}.Present = true`)
      decoder.into(type, same('member'), type.kind === 'null' ? '' : `out.${field}.Value`, part, failed)
    } else if (hasNil(type, decoder.context.model))
      decoder.into(type, same('member'), `out.${field}`, part, failed)
    else {
      if (isConstant(type)) {
        decoder.into(type, same('member'), '', part, failed)
        out.line(`value := ${decoder.constant(type)}`)
      } else {
        out.line(`value, err := ${decoder.call(type, same('member'), part)}`)
        decoder.failed(failed)
      }
      out.line(`out.${field} = &value`)
    }
  })
}

export function decodeTuple(name: string, items: readonly TypeRef[], decoder: Decoder): void {
  const { out } = decoder
  const fail: Fail = err => `return out, ${err}`
  out.line(`var out ${name}`)
  if (items.length === 0) {
    out.line('_, err := n.Tuple(0)', 'return out, err')
    return
  }
  out.line(`items, err := n.Tuple(${items.length})`)
  decoder.failed(fail)
  for (const [i, item] of items.entries())
    decoder.into(
      item,
      element('items', i),
      isConstant(item) ? '' : `out.Item${i}`,
      partName(`Item${i}`, name),
      err => fail(`n.AtIndex(${i}, ${err})`),
    )
  out.line('return out, nil')
}

const required = (shape: StructShape, names: readonly string[]): string =>
  shape.members
    .filter(({ name, required }) => required && names.includes(name))
    .map(({ name }) => quoted(name))
    .join(', ')
