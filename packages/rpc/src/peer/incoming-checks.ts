import { didYouMean, kinds, nestedOptions, type OptionTable } from '@simple-ipc/worker'

import type { Member } from '../contract/members.js'
import { accepted } from '../errors/protocol-errors.js'
import type { ViolationDetails } from '../errors/protocol-errors.js'
import { withAbsentNulls } from '../validate/absent-nulls.js'
import type { Codec } from '../validate/codec.js'

/** `'report'`: what does not fit is told of, and accepted as it is. False: it is not looked at. */
export type ValidateMode = boolean | 'report'

/** How what the other side sends is checked. */
export interface ValidateOptions {
  /** Of its requests and notifications. Default: true. */
  params?: ValidateMode | undefined
  /** What it answers: results, items, progress and the data of errors. Default: true. */
  results?: ValidateMode | undefined
  /** Of single methods and notifications, by their names; what is said here counts more. */
  methods?: Readonly<Record<string, ValidateMode>> | undefined
}
export type Validate = ValidateMode | ValidateOptions

const modeKind = kinds.either(kinds.boolean, kinds.oneOf('report'))
const table = {
  params: { kind: modeKind, default: true },
  results: { kind: modeKind, default: true },
  methods: { kind: kinds.object<Readonly<Record<string, ValidateMode>>>() },
} satisfies OptionTable<ValidateOptions>

export const validateKind = kinds.either(modeKind, nestedOptions<ValidateOptions>(table))

type Members = ReadonlyMap<string, Member>
type Tell = (message: string, details: ViolationDetails) => void

/** Checks what comes from the other side as a user of this one wishes. What is sent is checked unless nothing is. */
export class IncomingChecks {
  private readonly options: ValidateOptions
  private readonly tell: Tell

  private readonly nullIsAbsent: boolean

  /** @param tell called with what did not fit and was accepted */
  constructor(validate: Validate, nullIsAbsent: boolean, tell: Tell) {
    this.nullIsAbsent = nullIsAbsent
    this.options = typeof validate === 'object' ? validate : { params: validate, results: validate }
    this.tell = tell
  }

  /** Throws a TypeError for methods that neither side has. */
  requireKnown(...sides: readonly Members[]): void {
    for (const [name, mode] of Object.entries(this.options.methods ?? {})) {
      const names = sides.flatMap(members => [...members.keys()])
      if (!names.includes(name))
        throw new TypeError(
          `validate.methods names '${name}', which the contract does not have${didYouMean(name, names)}`,
        )
      if (!modeKind.fits(mode)) throw new TypeError(`validate.methods.${name} must be a boolean or 'report'`)
    }
  }

  /** Members of this side, whose params come from the other one. */
  ofOwn(members: Members): Members {
    return this.adapted(members, 'params', (member, adapt) => ({
      ...member,
      params: adapt(member.params, 'params'),
    }))
  }

  /** Members of the other side, which answers. */
  ofOther(members: Members): Members {
    return this.adapted(members, 'results', (member, adapt) => ({
      ...member,
      result: adapt(member.result, 'result'),
      ...(member.item && { item: adapt(member.item, 'item') }),
      ...(member.progress && { progress: adapt(member.progress, 'progress') }),
      errors: new Map(
        [...member.errors].map(([name, error]) => [
          name,
          error.data === undefined ? error : { ...error, data: adapt(error.data, 'data') },
        ]),
      ),
    }))
  }

  private adapted(
    members: Members,
    part: 'params' | 'results',
    adapt: (member: Member, adapt: (codec: Codec, root: string) => Codec) => Member,
  ): Members {
    const { methods, [part]: otherwise = true } = this.options
    if (otherwise === true && methods === undefined && !this.nullIsAbsent) return members
    const adaptOne = (member: Member): Member => {
      const mode = Object.hasOwn(methods ?? {}, member.name) ? methods?.[member.name] : otherwise
      const isStrict = mode === true || mode === undefined
      if (isStrict && !this.nullIsAbsent) return member
      return adapt(member, (codec, root) => {
        const patient = this.nullIsAbsent ? withAbsentNulls(codec) : codec
        if (isStrict) return patient
        return tolerant(patient, (issue, value) => {
          if (mode === 'report') this.tell(accepted(member.name, root, issue), { method: member.name, value })
        })
      })
    }
    return new Map([...members].map(([name, member]) => [name, adaptOne(member)]))
  }
}

/** Accepts everything; `tell` gets what does not fit. */
const tolerant = (
  codec: Codec,
  tell: (issue: NonNullable<ReturnType<Codec['check']>>, value: unknown) => void,
): Codec => ({
  ...codec,
  check(value) {
    const issue = codec.check(value)
    if (issue !== undefined) tell(issue, value)
    return undefined
  },
  decode(value) {
    try {
      return codec.decode(value)
    } catch {
      // What does not fit may not be convertible.
      return value
    }
  },
  encode: value => codec.encode(value),
})
