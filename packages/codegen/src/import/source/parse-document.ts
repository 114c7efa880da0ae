import { parse } from 'yaml'
import { CodegenError, reasonOf } from '../../contract/codegen-error.js'

/** A document in JSON or in YAML; which one is seen from the text, for JSON is told better what is wrong with it. */
export function parseDocument(text: string, shown: string): unknown {
  const plain = text.replace(/^\uFEFF/, '')
  return /^\s*[[{]/u.test(plain) && !/\.ya?ml$/iu.test(shown)
    ? fromJson(plain, shown)
    : fromYaml(plain, shown)
}

function fromJson(text: string, shown: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new CodegenError(`${shown} is not valid JSON: ${reasonOf(error)}`)
  }
}

function fromYaml(text: string, shown: string): unknown {
  let found: unknown
  try {
    found = parse(text, { logLevel: 'error' })
  } catch (error) {
    throw new CodegenError(`${shown} is not valid YAML (nor JSON): ${reasonOf(error)}`)
  }
  try {
    // Aliases share what they name, even with what is around them; JSON has plain copies.
    return JSON.parse(JSON.stringify(found ?? null))
  } catch (error) {
    throw new CodegenError(`${shown} cannot be said in JSON: ${reasonOf(error)}`)
  }
}
