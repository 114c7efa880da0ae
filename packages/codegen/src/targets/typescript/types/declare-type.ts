import { branchTypes } from '../../../model/branch-types.js'
import type { CodeWriter } from '../../../print/code-writer.js'
import type { ErrorModel, NamedType, StructShape, TypeRef } from '../../../model/model.js'
import { dataDoc } from '../print/data.js'
import { group } from '../../../print/document.js'
import { call, laidOut, listed } from '../print/layout.js'
import { key } from '../../../print/javascript-text.js'
import { docComment } from '../print/text.js'
import { aliasDoc, indexDoc, keyword, reference, referenceDoc, typeDoc, type TypeCode } from './type-code.js'
import { triedTypes } from './tried-types.js'
import { annotation, annotations, literalTypes, reaches, unionOf, type TypeContext } from './type-ref.js'

/** The interface or alias of a type. */
export function declareType(type: NamedType, context: TypeContext, out: CodeWriter): void {
  const name = context.names.type(type.id)
  out.line(...docComment(type.docs, out.column))
  const { shape } = type
  const ownValue = valueOfOwnMap(type, context)
  if (shape.kind === 'struct' && shape.members.length > 0) declareStruct(name, shape, context, out)
  else if (ownValue !== undefined) declareMap(name, ownValue, context, out)
  else out.line(...laidOut(aliasDoc(name, unionOf(aliasParts(type, context))), out.column))
}

function declareStruct(name: string, shape: StructShape, context: TypeContext, out: CodeWriter): void {
  out.block(`export interface ${name} {`, () => {
    for (const member of shape.members) {
      out.line(...docComment(member.docs, out.column))
      const mark = member.required ? '' : '?'
      const head = `readonly ${key(member.name)}${mark}: `
      out.line(...laidOut(group(head, typeDoc(annotation(member.type, context))), out.column))
    }
  })
  out.line('}')
}

/** The values of a map of itself, which cannot be an alias of Record, nor one of an index signature. */
function valueOfOwnMap({ id, shape }: NamedType, { model }: TypeContext): TypeRef | undefined {
  if (shape.kind !== 'alias' || shape.type.kind !== 'map') return undefined
  return reaches(shape.type.value, id, model) ? shape.type.value : undefined
}

function declareMap(name: string, value: TypeRef, context: TypeContext, out: CodeWriter): void {
  out.block(`export interface ${name} {`, () =>
    out.line(...laidOut(indexDoc(annotation(value, context)), out.column)),
  )
  out.line('}')
}

function aliasParts(type: NamedType, context: TypeContext): TypeCode[] {
  const { shape } = type
  switch (shape.kind) {
    case 'struct':
      // Nothing is declared: whatever else is there is ignored, or refused.
      return [
        reference(
          'Readonly',
          reference(
            'Record',
            keyword('string'),
            keyword(shape.parts.some(({ closed }) => closed) ? 'never' : 'unknown'),
          ),
        ),
      ]
    case 'enum':
      return [
        ...literalTypes(shape.values),
        ...(shape.open ? [reference(context.imports.use('UnlistedValue'))] : []),
      ]
    case 'union': {
      const isOpen = shape.branches.some(branch => branch.by === 'tag' && branch.open)
      return [
        ...shape.branches.flatMap(branch =>
          branch.by === 'trial'
            ? triedTypes(branch, context, type.id)
            : branchTypes(branch).flatMap(ref => annotations(ref, context, type.id)),
        ),
        ...(isOpen ? [reference(context.imports.use('UnlistedValue'))] : []),
      ]
    }
    case 'alias':
      return annotations(shape.type, context, type.id)
  }
}

/** The class of an error that a method declares. */
export function declareError(error: ErrorModel, method: string, context: TypeContext, out: CodeWriter): void {
  const name = context.names.error(error.id)
  const data = error.data === undefined ? keyword('undefined') : annotation(error.data, context)
  const docs = error.docs.length > 0 ? error.docs : [`${error.name}, an error of ${method}.`]
  out.line(...docComment(docs, out.column))
  const base = referenceDoc(context.imports.use('DeclaredError'), [
    { kind: 'literal', text: String(error.code) },
    data,
  ])
  out.line(...laidOut([`export class ${name} extends `, base, ' {'], out.column)).indented(() => {
    const given = [error.data === undefined ? 'data?: ' : 'data: ', typeDoc(data)]
    const head = group('constructor', listed('(', [given, 'message?: string'], ')'))
    out.line(...laidOut([head, ' {'], out.column)).indented(() => {
      const declared = dataDoc({ name, method, error: error.name, code: error.code })
      out.line(...laidOut(call('super', [declared, 'data', 'message']), out.column))
    })
    out.line('}')
  })
  out.line('}')
}
