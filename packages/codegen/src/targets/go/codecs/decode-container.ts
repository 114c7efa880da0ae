import type { TypeUse } from '../../../model/model.js'
import type { Decoder } from './decode.js'
import { hasNil, isConstant } from '../names/shapes.js'
import { goType, kindNames } from '../types/type-ref.js'
import { element, indexName, numbered, same, type Fail, type Source } from './value-source.js'

/** Gives the variable in which the elements are. */
export function decodeArray(
  use: Extract<TypeUse, { kind: 'array' }>,
  source: Source,
  type: string,
  fail: Fail,
  depth: number,
  decoder: Decoder,
): string {
  const { out } = decoder
  const [elements, list, index] = [numbered('elements', depth), numbered('list', depth), indexName(depth)]
  out.line(`${elements}, err := ${source.value}.Elements(${decoder.context.rules.of(use).join(', ')})`)
  decoder.failed(fail)
  out.line(`${list} := make(${type}, len(${elements}))`)
  out
    .block(`for ${index} := range ${elements} {`, () =>
      decodeInside(
        use.item,
        element(elements, index),
        `${list}[${index}]`,
        err => fail(`n.AtIndex(${index}, ${err})`),
        depth + 1,
        decoder,
      ),
    )
    .line('}')
  return list
}

export function decodeMap(
  use: Extract<TypeUse, { kind: 'map' }>,
  source: Source,
  fail: Fail,
  depth: number,
  type: string,
  decoder: Decoder,
): string {
  const { out, context } = decoder
  const [entries, entry, result] = [
    numbered('entries', depth),
    numbered('entry', depth),
    numbered('result', depth),
  ]
  out.line(`${entries}, err := ${source.value}.Entries(${context.rules.of(use).join(', ')})`)
  decoder.failed(fail)
  out.line(`${result} := make(${type}, len(${entries}))`)
  out
    .block(`for _, ${entry} := range ${entries} {`, () => {
      if (use.names !== undefined) decoder.checked(`${entry}.Fits(${context.rules.pattern(use.names)})`, fail)
      const store = `${result}[${entry}.Name]`
      // What is null must be there, too.
      if (use.value.kind === 'nullable' || use.value.kind === 'null')
        out.line(`${store} = ${use.value.kind === 'null' ? 'Null{}' : 'nil'}`)
      decodeInside(
        use.value,
        same(`${entry}.Value`),
        store,
        err => fail(`n.At(${entry}.Name, ${err})`),
        depth + 1,
        decoder,
      )
    })
    .line('}')
  return result
}

/** Reads an element or an entry. */
function decodeInside(
  use: TypeUse,
  source: Source,
  store: string,
  fail: Fail,
  depth: number,
  decoder: Decoder,
): void {
  const { out } = decoder
  switch (use.kind) {
    case 'nullable':
      decoder.checked(`${source.value}.OneOf(${kindNames(use.kinds)})`, fail)
      out
        .block(`if !${source.value}.IsNull() {`, () => {
          if (hasNil(use.type, decoder.context.model)) {
            decodeInside(use.type, source, store, fail, depth, decoder)
            return
          }
          if (isConstant(use.type)) {
            decoder.checked(decoder.check(use.type, source), fail)
            out.line(`value := ${decoder.constant(use.type)}`)
          } else {
            out.line(`value, err := ${decoder.call(use.type, source, '')}`)
            decoder.failed(fail)
          }
          out.line(`${store} = &value`)
        })
        .line('}')
      return
    case 'array': {
      const list = decodeArray(use, source, goType(use, decoder.context), fail, depth, decoder)
      if (use.unique) decoder.checked(`${source.value}.Unique()`, fail)
      out.line(`${store} = ${list}`)
      return
    }
    case 'map':
      out.line(`${store} = ${decodeMap(use, source, fail, depth, goType(use, decoder.context), decoder)}`)
      return
    default:
      decoder.into(use, source, store, '', fail)
  }
}
