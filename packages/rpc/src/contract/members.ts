import type { ErrorClass } from '../errors/rpc-error.js'
import { defined } from '../json/defined.js'
import { resolve, type PlainSchema } from '../schema/plain-schema.js'
import { codecOf, noParams, noResult, type Codec } from '../validate/codec.js'
import type { Contract, Side } from './contract-spec.js'
import { plainContract } from './define-contract.js'
import type { PlainContract, PlainMethod } from './plain-contract.js'

/** A method or notification, as sending and receiving need it. */
export interface Member {
  readonly name: string
  readonly kind: 'method' | 'notification'
  readonly idempotent: boolean
  /** Params are a tuple; when they are left out they are checked as `[]`, not as `{}`. */
  readonly positional: boolean
  readonly params: Codec
  readonly result: Codec
  readonly item?: Codec
  readonly progress?: Codec
  readonly errors: ReadonlyMap<string, DeclaredError>
}
interface DeclaredError {
  readonly code: number
  readonly data?: Codec
  /** The class of the error, where code was generated for it. */
  readonly made?: ErrorClass
}

export type MemberKind = 'method' | 'streaming method' | 'notification'

export const isKind = (member: Member, kind: MemberKind): boolean =>
  kind === 'streaming method' ? member.item !== undefined : member.kind === kind

export const namesOf = (members: ReadonlyMap<string, Member>, kind: MemberKind): string[] =>
  [...members.values()].filter(member => isKind(member, kind)).map(({ name }) => name)

const cache = new WeakMap<PlainContract, Map<Side, ReadonlyMap<string, Member>>>()

/** What one side of a contract implements: its methods and the notifications it may be sent. */
export function membersOf(contract: Contract, side: Side): ReadonlyMap<string, Member> {
  const plain = plainContract(contract)
  const bySide = cache.get(plain) ?? new Map<Side, ReadonlyMap<string, Member>>()
  cache.set(plain, bySide)
  const known = bySide.get(side)
  if (known !== undefined) return known
  const made = makeMembers(plain, side)
  bySide.set(side, made)
  return made
}

function makeMembers(contract: PlainContract, side: Side): ReadonlyMap<string, Member> {
  const { methods, notifications } = contract[side]
  return new Map([
    ...Object.entries(methods).map(([name, method]) => [name, methodMember(contract, name, method)] as const),
    ...Object.entries(notifications).map(
      ([name, params]) => [name, notificationMember(contract, name, params)] as const,
    ),
  ])
}

const isPositional = (contract: PlainContract, params: PlainSchema | undefined): boolean =>
  params !== undefined && resolve(params, contract.types).type === 'array'

function methodMember(contract: PlainContract, name: string, method: PlainMethod): Member {
  const { params, result, stream, progress, errors = {} } = method
  const codec = (schema: PlainSchema): Codec => codecOf(schema, contract.types)
  return {
    name,
    kind: 'method',
    idempotent: method.idempotent === true,
    positional: isPositional(contract, params),
    params: params === undefined ? noParams : codec(params),
    result: result === undefined ? noResult : codec(result),
    ...defined({ item: stream && codec(stream), progress: progress && codec(progress) }),
    errors: new Map(
      Object.entries(errors).map(([error, { code, data, '~class': made }]) => [
        error,
        { code, ...defined({ data: data && codec(data), made }) },
      ]),
    ),
  }
}

const notificationMember = (contract: PlainContract, name: string, params: PlainSchema): Member => ({
  name,
  kind: 'notification',
  idempotent: false,
  positional: isPositional(contract, params),
  params: codecOf(params, contract.types),
  result: noResult,
  errors: new Map(),
})
