import type { TypeRef } from '../../../model/model.js'
import type { Decoder } from './decode.js'
import { hasNil, isConstant } from '../names/shapes.js'
import { goType, kindNames } from '../types/type-ref.js'
import { element, indexName, numbered, same, type Fail, type Source } from './value-source.js'

/** Gives the variable in which the elements are. */
export function decodeArray(
  ref: Extract<TypeRef, { kind: 'array' }>,
  source: Source,
  type: string,
  fail: Fail,
  depth: number,
  decoder: Decoder,
): string {
  const { out } = decoder
  const [elements, list, index] = [numbered('elements', depth), numbered('list', depth), indexName(depth)]
  out.line(`${elements}, err := ${source.value}.Elements(${decoder.context.constraints.of(ref).join(', ')})`)
  decoder.failed(fail)
  out.line(`${list} := make(${type}, len(${elements}))`)
  out.block(`for ${index} := range ${elements} {`, () =>
    decodeElement(
      ref.item,
      element(elements, index),
      `${list}[${index}]`,
      err => fail(`n.AtIndex(${index}, ${err})`),
      depth + 1,
      decoder,
    ),
  )
  return list
}

export function decodeMap(
  ref: Extract<TypeRef, { kind: 'map' }>,
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
  out.line(`${entries}, err := ${source.value}.Entries(${context.constraints.of(ref).join(', ')})`)
  decoder.failed(fail)
  out.line(`${result} := make(${type}, len(${entries}))`)
  out.block(`for _, ${entry} := range ${entries} {`, () => {
    if (ref.names !== undefined)
      decoder.checked(`${entry}.Fits(${context.constraints.pattern(ref.names)})`, fail)
    const store = `${result}[${entry}.Name]`
    // What is null must be there, too.
    if (ref.value.kind === 'nullable' || ref.value.kind === 'null')
      out.line(`${store} = ${ref.value.kind === 'null' ? 'ipc.Null{}' : 'nil'}`)
    decodeElement(
      ref.value,
      same(`${entry}.Value`),
      store,
      err => fail(`n.At(${entry}.Name, ${err})`),
      depth + 1,
      decoder,
    )
  })
  return result
}

/** Reads an element or an entry. */
function decodeElement(
  ref: TypeRef,
  source: Source,
  store: string,
  fail: Fail,
  depth: number,
  decoder: Decoder,
): void {
  const { out } = decoder
  switch (ref.kind) {
    case 'nullable':
      decoder.checked(`${source.value}.OneOf(${kindNames(ref.kinds)})`, fail)
      out.block(`if !${source.value}.IsNull() {`, () => {
        if (hasNil(ref.type, decoder.context.model)) {
          decodeElement(ref.type, source, store, fail, depth, decoder)
          return
        }
        if (isConstant(ref.type)) {
          decoder.checked(decoder.check(ref.type, source), fail)
          out.line(`value := ${decoder.constant(ref.type)}`)
        } else {
          out.line(`value, err := ${decoder.call(ref.type, source, '')}`)
          decoder.failed(fail)
        }
        out.line(`${store} = &value`)
      })
      return
    case 'array': {
      const list = decodeArray(ref, source, goType(ref, decoder.context), fail, depth, decoder)
      if (ref.unique) decoder.checked(`${source.value}.Unique()`, fail)
      out.line(`${store} = ${list}`)
      return
    }
    case 'map':
      out.line(`${store} = ${decodeMap(ref, source, fail, depth, goType(ref, decoder.context), decoder)}`)
      return
    default:
      decoder.into(ref, source, store, '', fail)
  }
}
