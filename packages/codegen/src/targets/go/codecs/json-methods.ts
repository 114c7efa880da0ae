import type { GoWriter } from '../print/go-writer.js'
import type { NamedType } from '../../../model/model.js'
import type { CodecContext } from './codec-context.js'
import { isShort } from './inline-codecs.js'
import { isMixed, isOtherName, wrappedKinds } from '../names/shapes.js'

/**
 * The methods by which encoding/json reads and writes what is declared for a type as it is on the wire. An interface can
 * have none: what stands behind it has them.
 */
export function declareJsonMethods(type: NamedType, { names, model }: CodecContext, out: GoWriter): void {
  const { shape } = type
  const name = names.type(type.id)
  const isUnion = shape.kind === 'union' || (shape.kind === 'enum' && isMixed(shape))
  if (isUnion) {
    const own = wrappedKinds(type, model).map(kind => names.kind(type.id, kind))
    if (shape.kind === 'union' && shape.branches.some(branch => branch.by === 'tag' && branch.open))
      own.push(names.unknown(type.id))
    for (const branch of own)
      pair(
        branch,
        `jsontree.Marshal[${name}](value, encode${name})`,
        `jsontree.UnmarshalBranch(data, value, decode${name})`,
        out,
      )
  } else if (!isOtherName(type))
    pair(
      name,
      `jsontree.Marshal(value, encode${name})`,
      `jsontree.Unmarshal(data, value, decode${name})`,
      out,
    )
}

function pair(name: string, write: string, read: string, out: GoWriter): void {
  out.blank().line('// MarshalJSON returns the value as it is on the wire.')
  short(`func (value ${name}) MarshalJSON() ([]byte, error)`, `return ${write}`, out)
  out.blank().line('// UnmarshalJSON reads the value as it is on the wire.')
  short(`func (value *${name}) UnmarshalJSON(data []byte) error`, `return ${read}`, out)
}

/** Of a declared function gofmt counts the space behind its head, too. */
function short(head: string, body: string, out: GoWriter): void {
  if (isShort(`${head} `, body)) out.line(`${head} { ${body} }`)
  else out.block(`${head} {`, () => out.line(body))
}
