/**
 * The text of a JSON document in parts that follow each other: each element of a list and each schema begins one, with
 * the comma before it. So what is added to the document adds parts, and changes no others.
 */
export function documentParts(json: string): string[] {
  const parts: string[] = []
  let part = ''
  const begin = (text: string): void => {
    if (part !== '') parts.push(part)
    part = text
  }
  const listed = (values: readonly unknown[]): void => {
    part += '['
    for (const [i, value] of values.entries()) begin((i === 0 ? '' : ',') + JSON.stringify(value))
    part += ']'
  }
  const members = (value: object, depth: number): void => {
    part += '{'
    for (const [i, [name, inner]] of Object.entries(value).entries()) {
      const head = `${i === 0 ? '' : ','}${JSON.stringify(name)}:`
      if (depth > 0 && isObject(inner)) {
        begin(head)
        members(inner, depth - 1)
      } else if (depth === deepest && Array.isArray(inner)) {
        begin(head)
        listed(inner)
      } else begin(head + JSON.stringify(inner))
    }
    part += '}'
  }
  const document: unknown = JSON.parse(json)
  if (!isObject(document)) return [json]
  members(document, deepest)
  begin('')
  return parts
}

/** The schemas are two levels further in. */
const deepest = 2

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
