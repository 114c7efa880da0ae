import type { Member } from '../contract/members.js'

const anything = {
  check: () => undefined,
  encode: (value: unknown) => value,
  decode: (value: unknown) => value,
}

/** A request of the protocol's own, as if a contract declared it. */
export const reservedMember = (name: string): Member => ({
  name,
  kind: 'method',
  idempotent: true,
  positional: false,
  params: anything,
  result: anything,
  errors: new Map(),
})
