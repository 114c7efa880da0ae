import type { CodeWriter } from '../../../print/code-writer.js'
import type { NamedType, TypeRef } from '../../../model/model.js'
import type { CodecContext, Way } from './codec-context.js'
import { decodeStruct, encodeStruct } from './codec-struct.js'
import { decodeUnion, encodeUnion } from './codec-union.js'
import { expression } from './codec-value.js'
import { runtimeAlias as ipc } from '../names/facts.js'
import { array, call, lines, tuple } from '../print/layout.js'

/** The functions that read and write a type. */
export function declareCodec(type: NamedType, context: CodecContext, out: CodeWriter): void {
  const { names } = context
  if (type.shape.kind === 'enum') return
  const name = names.type(type.id)
  const suffix = names.function(type.id)
  out.line(...lines('', call(`def decode_${suffix}`, 'value: object', 'at: str = ""'), ` -> ${name}:`, 0))
  body(type, 'decode', context, out)
  out.blank(2)
  out.line(...lines('', call(`def encode_${suffix}`, `value: ${name}`, 'at: str = ""'), ' -> object:', 0))
  body(type, 'encode', context, out)
}

function body(type: NamedType, way: Way, context: CodecContext, out: CodeWriter): void {
  const { shape } = type
  out.indented(() => {
    switch (shape.kind) {
      case 'struct':
        if (way === 'decode') decodeStruct(type, shape, context, out)
        else encodeStruct(type, shape, context, out)
        return
      case 'union':
        if (way === 'decode') decodeUnion(shape, context, out)
        else encodeUnion(type, shape, context, out)
        return
      case 'alias':
        if (shape.type.kind === 'tuple') tupleBody(shape.type, way, context, out)
        else
          out.line(...lines('return ', expression(shape.type, way, 'value', '{at}', context), '', out.column))
        return
      case 'enum':
        return
    }
  })
}

function tupleBody(
  { items }: Extract<TypeRef, { kind: 'tuple' }>,
  way: Way,
  context: CodecContext,
  out: CodeWriter,
): void {
  const check = call(`${ipc}.tuple_of`, 'value', 'at', String(items.length))
  out.line(...lines(way === 'decode' && items.length > 0 ? 'items = ' : '', check, '', out.column))
  const source = way === 'decode' ? 'items' : 'value'
  const parts = items.map((item, i) => expression(item, way, `${source}[${i}]`, `{at}/${i}`, context))
  out.line(...lines('return ', way === 'decode' ? tuple(...parts) : array(...parts), '', out.column))
}
