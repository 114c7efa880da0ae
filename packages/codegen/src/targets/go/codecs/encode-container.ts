import type { TypeUse } from '../../../model/model.js'
import type { Encoder } from './encode.js'
import { indexName, numbered, type Fail } from './value-source.js'

/** Writes the elements of a list. */
export function encodeArray(
  use: Extract<TypeUse, { kind: 'array' }>,
  value: string,
  fail: Fail,
  depth: number,
  encoder: Encoder,
): void {
  const { out, context } = encoder
  const rules = context.rules.of(use)
  if (rules.length > 0) encoder.checked(`w.Count(len(${value}), ${rules.join(', ')})`, fail)
  const [index, item, mark] = [indexName(depth), numbered('item', depth), numbered('mark', depth)]
  if (use.unique) out.line(`${mark} := w.Mark()`)
  encoder.checked('w.Array()', fail)
  const failing = encoder.canFail(use.item)
  const read = use.item.kind !== 'null'
  const head = failing
    ? `for ${index}, ${item} := range ${value} {`
    : read
      ? `for _, ${item} := range ${value} {`
      : `for range ${value} {`
  out
    .block(head, () => {
      out.line('w.Next()')
      encoder.write(use.item, item, '', err => fail(`w.AtIndex(${index}, ${err})`), depth + 1)
    })
    .line('}')
  out.line("w.End(']')")
  if (use.unique) encoder.checked(`w.Unique(${mark})`, fail)
}

/** Writes the entries of a map, in the order of their names. */
export function encodeMap(
  use: Extract<TypeUse, { kind: 'map' }>,
  value: string,
  fail: Fail,
  depth: number,
  encoder: Encoder,
): void {
  const { out, context } = encoder
  const rules = context.rules.of(use)
  if (rules.length > 0) encoder.checked(`w.Count(len(${value}), ${rules.join(', ')})`, fail)
  encoder.checked('w.Object()', fail)
  const [names, name] = [numbered('names', depth), numbered('name', depth)]
  out.line(`${names} := make([]string, 0, len(${value}))`)
  out
    .block(`for ${name} := range ${value} {`, () => out.line(`${names} = append(${names}, ${name})`))
    .line('}')
  out.line(`slices.Sort(${names})`)
  out
    .block(`for _, ${name} := range ${names} {`, () => {
      if (use.names === undefined) out.line(`w.Name(${name})`)
      else encoder.checked(`w.Key(${name}, ${context.rules.pattern(use.names)})`, fail)
      encoder.write(use.value, `${value}[${name}]`, '', err => fail(`w.At(${name}, ${err})`), depth + 1)
    })
    .line('}')
  out.line("w.End('}')")
}
