import { checkValue, type PlainTypes } from '@simple-ipc/rpc'
import { Ajv } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { Exceptions } from '../../src/import/base/exceptions.js'
import { CodegenError } from '../../src/contract/codegen-error.js'
import { importJsonSchema } from '../../src/import/json-schema/import-json-schema.js'
import { resolveExceptions } from '../../src/import/resolve-exceptions.js'

/** Whether a value fits. */
export type Check = (value: unknown) => boolean

/** What an imported schema accepts, or why it was refused. */
export function imported(schema: object): Check | string {
  const result = importJsonSchema(structuredClone(schema), { name: 'it', exceptions: new Exceptions([]) })
  // A schema that says nothing is only the place of definitions.
  const check = (types: PlainTypes): Check => {
    const root = types['Root'] ?? {}
    return value => checkValue(root, types, value) === undefined
  }
  try {
    return check(resolveExceptions(result, new Exceptions([]), 'it').contract.types)
  } catch (error) {
    if (!(error instanceof CodegenError)) throw error
    // Branches that code cannot tell apart are still right: a person may join them. Of oneOf the generator is the judge.
    const isReadWhole =
      result.refusals.length === 0 &&
      !JSON.stringify(schema).includes('"oneOf"') &&
      error.refusals.every(({ message }) => message.includes('cannot be distinguished'))
    return isReadWhole ? check(result.contract.types) : error.message
  }
}

const options = {
  strict: false,
  validateFormats: false,
  validateSchema: false,
  // Members that every object inherits are not there.
  ownProperties: true,
  addUsedSchema: false,
  logger: false,
} as const
const judges = { 'draft-07': new Ajv(options), '2020-12': new Ajv2020(options) }

/**
 * What another implementation says; undefined if it cannot take the schema. Of a union that has itself for a branch it
 * would never get to an end.
 */
export function judged(schema: object, draft: keyof typeof judges): Check | undefined {
  const judge = judges[draft]
  try {
    const validate = judge.compile(schema)
    for (const value of [null, true, 1, 'a', [], {}]) validate(value)
    return value => validate(value)
  } catch {
    return undefined
  } finally {
    judge.removeSchema(schema)
  }
}
