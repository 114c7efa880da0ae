import { unescaped } from '../../../contract/contract-json.js'
import type { GoWriter } from '../print/go-writer.js'
import type { NamedType } from '../../../model/model.js'
import { comment } from '../print/text.js'
import type { TypeContext } from './type-ref.js'

/** A comment that begins with the name, as Go's do. */
export function docComment(
  { id, docs }: NamedType,
  otherwise: string,
  { names }: TypeContext,
  out: GoWriter,
): void {
  out.line(...comment(titled(names.type(id), docs, otherwise)))
}

/** What a type is for that has its name from its place. */
export function standsFor({ path }: NamedType, otherwise: string): string {
  const [, method, part, error] =
    /^\/(?:child|host)\/(?:methods|notifications)\/([^/]+)(?:\/(params|result|stream|progress|errors\/([^/]+)\/data))?$/.exec(
      path,
    ) ?? []
  if (method === undefined) return `is ${otherwise}.`
  const name = unescaped(method)
  if (error !== undefined) return `is the data of the error ${unescaped(error)} of ${name}.`
  switch (part) {
    case 'result':
      return `is the result of ${name}.`
    case 'stream':
      return `is an item of the stream of ${name}.`
    case 'progress':
      return `is a progress report of ${name}.`
    default:
      return `holds the params of ${name}.`
  }
}

/** A type's own words behind its name. */
export function titled(name: string, docs: readonly string[], otherwise: string): string[] {
  const [first, ...rest] = docs.filter(text => text.trim() !== '')
  return first === undefined ? [`${name} ${otherwise}`] : [`${name} - ${first.trim()}`, ...rest]
}

/** What several types may stand behind. */
export function declareInterface(
  type: NamedType,
  variants: readonly string[],
  hasNull: boolean,
  more: readonly string[],
  context: TypeContext,
  out: GoWriter,
): void {
  const name = context.names.type(type.id)
  const all = [...variants, ...(hasNull ? ['nil, which is null'] : [])]
  const list = all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} or ${all.at(-1) ?? ''}`
  out.line(
    ...comment(
      type.docs.length > 0
        ? [...titled(name, type.docs, ''), `It is one of ${list}.`, ...more]
        : [`${name} is one of ${list}.`, ...more],
    ),
  )
  out.block(`type ${name} interface {`, () => out.line(`encode${name}(w *jsontree.Writer) error`))
}
