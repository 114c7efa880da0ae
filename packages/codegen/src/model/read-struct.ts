import { step, type SchemaJson } from '../contract/contract-json.js'
import type { MemberModel, StructShape } from './model.js'
import { isStruct, memberDocs } from './schema-facts.js'
import type { SchemaReader } from './schema-reader.js'

/** An object with members, or several of them joined by allOf. */
export function readStruct(reader: SchemaReader, schema: SchemaJson, path: string, id: string): StructShape {
  const members = new Map<string, MemberModel & { text: string; path: string }>()
  const parts: { members: string[]; closed: boolean }[] = []
  const found = partsOf(reader, schema, path)
  for (const part of found) {
    const { properties = {}, required = [], additionalProperties } = part.schema
    const mine = Object.entries(properties).map(([name, member]) => {
      const at = step(part.path, 'properties', name)
      const text = JSON.stringify(member) + String(required.includes(name))
      const known = members.get(name)
      if (known === undefined)
        members.set(name, {
          name,
          docs: memberDocs(member),
          type: reader.typeRef(member, at, `${id} ${name}`),
          required: required.includes(name),
          text,
          path: at,
        })
      else if (known.text !== text)
        reader.refuse(
          at,
          `is declared differently at ${known.path}; a member of joined objects can have one type only`,
        )
      return { name, isNew: known === undefined }
    })
    parts.push({
      members: mine.filter(({ isNew }) => isNew).map(({ name }) => name),
      closed: additionalProperties === false,
    })
  }
  const [only, ...more] = found
  const counted = more.length === 0 ? only?.schema : undefined
  return {
    kind: 'struct',
    members: [...members.values()].map(({ name, docs, type, required }) => ({ name, docs, type, required })),
    parts,
    minProperties: counted?.minProperties,
    maxProperties: counted?.maxProperties,
  }
}

interface Part {
  schema: SchemaJson
  path: string
}

/** The objects that a value must fit, one after the other. */
function partsOf(reader: SchemaReader, schema: SchemaJson, path: string): Part[] {
  const plain = reader.resolve(schema)
  if (plain.allOf !== undefined)
    return plain.allOf.flatMap((part, i) => {
      const found = partsOf(reader, part, step(path, 'allOf', i))
      for (const each of found)
        if (
          each.schema.additionalProperties === false ||
          each.schema.minProperties !== undefined ||
          each.schema.maxProperties !== undefined
        )
          reader.refuse(
            each.path,
            'forbids or counts members, so joined with others by allOf nothing fits; leave that out',
          )
      return found
    })
  if (plain.type !== 'object' || !isStruct(plain)) {
    reader.refuse(path, 'is not an object with members; allOf (Type.Intersect) joins objects only')
    return []
  }
  if (typeof plain.additionalProperties === 'object')
    reader.refuse(
      step(path, 'additionalProperties'),
      'gives a type to unknown members beside known ones; put them into a member of their own, with Type.Record',
    )
  if (plain.patternProperties !== undefined)
    reader.refuse(
      step(path, 'patternProperties'),
      'stand beside known members; put them into a member of their own, with Type.Record',
    )
  return [{ schema: plain, path }]
}
