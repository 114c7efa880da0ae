import { createHash } from 'node:crypto'

import { canonical } from '../json/canonical-json.js'
import { mapRecord } from '../json/map-record.js'
import { bare, nameTypes } from './name-types.js'
import { mapSchemas, type PlainContract, type PlainMethod, type PlainSide } from './plain-contract.js'

/**
 * `sha256:` and 64 hex digits: equal for two contracts exactly if they allow the same messages. The names and versions
 * of contracts and all documentation are left out, so that documentation can be improved without a mismatch.
 */
export const contractHash = (contract: PlainContract): string =>
  `sha256:${createHash('sha256').update(hashedText(contract)).digest('hex')}`

/** What is hashed: the RFC 8785 text of types, child and host. */
export function hashedText(contract: PlainContract): string {
  const { types, child, host } = mapSchemas(nameTypes(contract), bare)
  return canonical({ types, child: hashedSide(child), host: hashedSide(host) })
}

const hashedSide = (side: PlainSide): unknown => ({
  methods: mapRecord(side.methods, hashedMethod),
  notifications: side.notifications,
})

const hashedMethod = ({ params, result, stream, progress, errors, idempotent }: PlainMethod): unknown => ({
  params,
  result,
  stream,
  progress,
  errors: mapRecord(errors ?? {}, ({ code, data }) => ({ code, data })),
  idempotent,
})
