import type { PlainSchema } from '@simple-ipc/rpc'
import { step } from '../../contract/contract-json.js'
import type { Merging } from './merge-parts.js'
import { atLeast, atMost } from './part-values.js'

/** Strings that fit all parts. */
export function mergeTexts(merging: Merging): PlainSchema {
  return {
    type: 'string',
    ...atLeast('minLength', merging),
    ...atMost('maxLength', merging),
    ...alone('pattern', merging),
    ...alone('format', merging),
    ...alone('contentEncoding', merging),
  }
}

/** A keyword that can be said once. */
function alone(key: string, { parts, document }: Merging): PlainSchema {
  const said = parts.filter(({ node }) => node[key] !== undefined)
  const [first] = said
  if (first === undefined) return {}
  const value = first.node[key]
  for (const { node, path } of said)
    if (node[key] !== value)
      document.refuse(
        step(path, key),
        `says something else than ${step(first.path, key)}, and both hold; write what holds together`,
      )
  return { [key]: value }
}
