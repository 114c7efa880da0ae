import type { GoWriter } from '../print/go-writer.js'
import type { NamedType, TypeRef, UnionShape } from '../../../model/model.js'
import { declareInterface } from './doc-comment.js'
import { branchTypes } from '../../../model/branch-types.js'
import { triedDoc } from '../../../model/untagged.js'
import { isInterface, needsWrapper } from '../names/shapes.js'
import { comment } from '../print/text.js'
import { goType, type TypeContext } from './type-ref.js'

/** The interface of a union, and the types that only it has. */
export function declareUnion(type: NamedType, shape: UnionShape, context: TypeContext, out: GoWriter): void {
  const { names, model } = context
  const refs = new Map<string, TypeRef | undefined>()
  for (const branch of shape.branches) {
    if (branch.by !== 'kind') {
      for (const ref of branchTypes(branch)) refs.set(goType(ref, context), ref)
      if (branch.by === 'tag' && branch.open) refs.set(names.unknown(type.id), undefined)
    } else if (branch.kind !== 'null')
      refs.set(
        needsWrapper(branch, model) ? names.kind(type.id, branch.kind) : goType(branch.type, context),
        branch.type,
      )
  }
  const hasNull = shape.branches.some(branch => branch.by === 'kind' && branch.kind === 'null')
  declareInterface(type, [...refs.keys()], hasNull, triedDoc(shape), context, out)
  for (const branch of shape.branches) {
    if (branch.by === 'kind' && needsWrapper(branch, model)) wrapper(type, branch, context, out)
    if (branch.by === 'tag' && branch.open) unknown(type, context, out)
  }
}

/** A type for what has none that could have methods. */
function wrapper(
  type: NamedType,
  { kind, type: ref }: Extract<UnionShape['branches'][number], { by: 'kind' }>,
  context: TypeContext,
  out: GoWriter,
): void {
  const { names, model } = context
  const [name, union] = [names.kind(type.id, kind), names.type(type.id)]
  out.blank().line(...comment([`${name} is a ${union}.`]))
  if (isInterface(ref, model))
    out.block(`type ${name} struct {`, () => out.line(`Value ${goType(ref, context)}`))
  else out.line(`type ${name} ${goType(ref, context)}`)
}

/** An object with a tag that the contract does not list. */
function unknown(type: NamedType, { names }: TypeContext, out: GoWriter): void {
  const name = names.unknown(type.id)
  out.blank()
  out.line(
    ...comment([
      `${name} is a ${names.type(type.id)} that the contract does not list, although another version of it may. It is written back unchanged.`,
    ]),
  )
  out.block(`type ${name} struct {`, () => {
    out.line('// Kind is the value of the tag; only Raw is written.')
    out.line('Kind any')
    out.line('// Raw is the whole object as JSON.')
    out.line('Raw json.RawMessage')
  })
}
