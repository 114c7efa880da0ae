import type { TypeRef } from '../../../model/model.js'
import type { Encoder } from './encode.js'
import { indexName, numbered, type Fail } from './value-source.js'

/** Writes the elements of a list. */
export function encodeArray(
  ref: Extract<TypeRef, { kind: 'array' }>,
  value: string,
  fail: Fail,
  depth: number,
  encoder: Encoder,
): void {
  const { out, context } = encoder
  const rules = context.constraints.of(ref)
  if (rules.length > 0) encoder.checked(`w.Count(len(${value}), ${rules.join(', ')})`, fail)
  const [index, item, mark] = [indexName(depth), numbered('item', depth), numbered('mark', depth)]
  if (ref.unique) out.line(`${mark} := w.Mark()`)
  encoder.checked('w.Array()', fail)
  const failing = encoder.canFail(ref.item)
  const read = ref.item.kind !== 'null'
  const head = failing
    ? `for ${index}, ${item} := range ${value} {`
    : read
      ? `for _, ${item} := range ${value} {`
      : `for range ${value} {`
  out.block(head, () => {
    out.line('w.Next()')
    encoder.write(ref.item, item, '', err => fail(`w.AtIndex(${index}, ${err})`), depth + 1)
  })
  out.line("w.End(']')")
  if (ref.unique) encoder.checked(`w.Unique(${mark})`, fail)
}

/** Writes the entries of a map, in the order of their names. */
export function encodeMap(
  ref: Extract<TypeRef, { kind: 'map' }>,
  value: string,
  fail: Fail,
  depth: number,
  encoder: Encoder,
): void {
  const { out, context } = encoder
  const rules = context.constraints.of(ref)
  if (rules.length > 0) encoder.checked(`w.Count(len(${value}), ${rules.join(', ')})`, fail)
  encoder.checked('w.Object()', fail)
  const [names, name] = [numbered('names', depth), numbered('name', depth)]
  out.line(`${names} := make([]string, 0, len(${value}))`)
  out.block(`for ${name} := range ${value} {`, () => out.line(`${names} = append(${names}, ${name})`))
  out.line(`slices.Sort(${names})`)
  out.block(`for _, ${name} := range ${names} {`, () => {
    if (ref.names === undefined) out.line(`w.Name(${name})`)
    else encoder.checked(`w.Key(${name}, ${context.constraints.pattern(ref.names)})`, fail)
    encoder.write(ref.value, `${value}[${name}]`, '', err => fail(`w.At(${name}, ${err})`), depth + 1)
  })
  out.line("w.End('}')")
}
