import {
  Bytes,
  type Contract,
  ContractError,
  defineContract,
  Int64,
  Open,
  type Schema,
  serializeContract,
  Type,
  UInt64,
} from '@simple-ipc/rpc'
import { CodegenError } from '../../src/contract/codegen-error.js'
import { readContract } from '../../src/model/read-contract.js'
import { untaggedRefusals } from '../../src/model/untagged.js'
import type { Random } from './random.js'
import { RandomNames, randomText } from './random-words.js'

/**
 * A contract that nobody would write: names of any length, everything inside everything, texts of all kinds. It holds
 * nothing that the generator refuses, in no language.
 */
export function randomContract(random: Random): Contract {
  for (;;) {
    try {
      const contract = new Maker(random).contract()
      if (untaggedRefusals(readContract(serializeContract(contract))).length === 0) return contract
    } catch (error) {
      // The dice fell on two equal types, or the like: again.
      if (!(error instanceof ContractError) && !(error instanceof CodegenError)) throw error
    }
  }
}

class Maker {
  private readonly random: Random
  private readonly names: RandomNames
  private readonly types: string[] = []
  private readonly structs: string[] = []

  constructor(random: Random) {
    this.random = random
    this.names = new RandomNames(random)
  }

  contract(): Contract {
    const { random } = this
    const types: Record<string, Schema> = {}
    for (const name of this.list(6, () => this.names.word())) {
      const isStruct = random.chance(0.5)
      types[name] = isStruct ? this.struct(2, name) : this.declared()
      // Known from here on only: a type that holds itself in every value has none.
      this.types.push(name)
      if (isStruct) this.structs.push(name)
    }
    return defineContract({
      name: this.names.wire(),
      version: random.pick(['1.0.0', '0.0.1-rc.1', 'x'.repeat(70), '"\\']),
      types,
      child: this.side(),
      ...(random.chance(0.7) ? { host: this.side() } : {}),
    })
  }

  private side(): object {
    return {
      methods: this.record(4, () => this.method()),
      ...(this.random.chance(0.5) ? { notifications: this.record(2, () => this.params()) } : {}),
    }
  }

  private method(): object {
    const { random } = this
    const maybe = (key: string, share: number, make: () => unknown): object =>
      random.chance(share) ? { [key]: make() } : {}
    let code = 0
    const error = (): object => ({
      code: (code += 1 + random.below(10 ** random.below(9))),
      ...maybe('summary', 0.4, () => randomText(random)),
      ...maybe('data', 0.6, () => this.schema(3)),
    })
    return {
      ...maybe('summary', 0.4, () => randomText(random)),
      ...maybe('description', 0.4, () => randomText(random)),
      ...maybe('deprecated', 0.1, () => true),
      ...maybe('params', 0.7, () => this.params()),
      ...maybe('result', 0.7, () => this.schema(3)),
      ...maybe('stream', 0.3, () => this.schema(3)),
      ...maybe('progress', 0.3, () => this.schema(3)),
      ...maybe('errors', 0.4, () => this.record(3, error)),
    }
  }

  private params(): Schema {
    if (this.structs.length > 0 && this.random.chance(0.3)) return this.reference(this.structs)
    return this.random.chance(0.3) ? this.tuple(2) : this.struct(2)
  }

  /** What a declared type may be, beside a struct. */
  private declared(): Schema {
    return this.of(
      () => this.enumeration(),
      () => this.tagged(2),
      () => this.kinds(2),
      () => this.schema(3),
      () => this.tuple(2),
    )
  }

  private schema(depth: number): Schema {
    const { random } = this
    if (this.types.length > 0 && random.chance(0.25)) return this.reference(this.types)
    if (depth === 0 || random.chance(0.3)) return this.scalar()
    return this.of(
      () => Type.Array(this.schema(depth - 1), this.options({ minItems: random.below(3), maxItems: 9 })),
      () => Type.Array(this.schema(depth - 1), { uniqueItems: random.chance(0.3) }),
      () =>
        Type.Record(Type.String(random.chance(0.2) ? { pattern: '^[a-z]+$' } : {}), this.schema(depth - 1)),
      () => this.nullable(this.schema(depth - 1)),
      () => this.tuple(depth - 1),
      () => this.struct(depth - 1),
      () => this.enumeration(),
      () => this.kinds(depth - 1),
      () => this.tagged(depth - 1),
    )
  }

  private scalar(): Schema {
    const { random } = this
    return this.of(
      () => Type.String(this.options({ minLength: random.below(9), maxLength: 99, pattern: '^[a-z]+$' })),
      () => Type.String(this.options({ format: random.pick(['date-time', 'uri', 'uuid', 'hostname']) })),
      () => Type.Integer(this.options({ minimum: -(10 ** random.below(9)), exclusiveMaximum: 10 ** 9 })),
      () => Type.Number(this.options({ minimum: random.next(), exclusiveMaximum: 1e21 })),
      () => Type.Boolean(this.options({})),
      () => Type.Null(),
      () => Type.Unknown(),
      () => Type.Literal(this.literal()),
      () => Int64(),
      () => UInt64(),
      () => Bytes(),
    )
  }

  /** One that has a name may hold others of its kind. */
  private struct(depth: number, name?: string): Schema {
    const { random } = this
    const members = this.record(random.chance(0.2) ? 9 : 4, () => {
      const schema = this.schema(depth)
      return random.chance(0.4) ? Type.Optional(schema) : schema
    })
    const closed = random.chance(0.15) ? { additionalProperties: false } : {}
    const counted = random.chance(0.1) ? { minProperties: 1, maxProperties: 20 } : {}
    if (name !== undefined && random.chance(0.2))
      members[this.names.wire()] = Type.Optional(Type.Array(Type.Ref(name)))
    return Type.Object(members, this.options({}, { ...closed, ...counted }))
  }

  private tuple(depth: number): Schema {
    return Type.Tuple(this.list(4, () => this.schema(depth)))
  }

  private enumeration(): Schema {
    const { random } = this
    if (random.chance(0.5)) {
      const values = [...new Set(this.list(random.chance(0.2) ? 15 : 4, () => this.names.wire()))]
      const union = Type.Union([...values, 'last'].map(value => Type.Literal(value)))
      return random.chance(0.3) ? Open(union) : Type.Enum([...values, 'last'], this.options({}))
    }
    const values = [...new Set(this.list(6, () => this.literal()))].map(value => Type.Literal(value))
    const nulls = random.chance(0.4) ? [Type.Null()] : []
    const all = random.chance(0.5) ? [...nulls, ...values] : [...values, ...nulls]
    return all.length > 1 ? Type.Union(all, this.options({})) : Type.Union([...all, Type.Literal('other')])
  }

  /** Branches that their kinds tell apart, null among them at any place. */
  private kinds(depth: number): Schema {
    const { random } = this
    const branches: (() => Schema)[] = [
      () => Type.Null(),
      () => Type.Boolean(),
      () => (random.chance(0.5) ? Type.Integer() : Type.Number()),
      () => (random.chance(0.3) ? this.enumeration() : Type.String()),
      () => (random.chance(0.5) ? this.tuple(depth) : Type.Array(this.schema(depth))),
      () => (random.chance(0.3) ? Type.Record(Type.String(), this.schema(depth)) : this.struct(depth)),
    ]
    const chosen = branches.map(make => ({ make, at: random.next() })).sort((a, b) => a.at - b.at)
    return Type.Union(
      chosen.slice(0, 2 + random.below(5)).map(({ make }) => make()),
      this.options({}),
    )
  }

  private tagged(depth: number): Schema {
    const { random } = this
    const tag = this.names.wire()
    const branches = ['one', ...this.list(4, () => this.names.wire())].map(value => {
      const members = this.record(3, () => this.schema(depth))
      return Type.Object({ [tag]: Type.Literal(value), ...members }, this.options({}))
    })
    const union = Type.Union([...branches, ...(random.chance(0.3) ? [Type.Null()] : [])], this.options({}))
    return random.chance(0.2) ? Open(union) : union
  }

  private nullable(schema: Schema): Schema {
    const both: Schema[] = [Type.Null(), schema]
    return Type.Union(this.random.chance(0.5) ? both : both.reverse())
  }

  private literal(): string | number | boolean {
    const { random } = this
    return random.pick<() => string | number | boolean>([
      () => this.names.wire(),
      () => random.below(1000) - 500,
      () => random.chance(0.5),
      () => random.pick(['', ' ', '"', "'", '\'"\\', '\n', 'Literal[', '日本', 'a b c', randomText(random)]),
      () => random.pick([1.5, 1e300, -0.25, 2 ** 53]),
    ])()
  }

  private reference(from: readonly string[]): Schema {
    return Type.Ref(this.random.pick(from))
  }

  /** Some of the keywords, and perhaps a description. */
  private options(
    some: Record<string, unknown>,
    always: Record<string, unknown> = {},
  ): Record<string, unknown> {
    const { random } = this
    return {
      ...Object.fromEntries(Object.entries(some).filter(() => random.chance(0.25))),
      ...(random.chance(0.2) ? { description: randomText(random) } : {}),
      ...always,
    }
  }

  private record<T>(most: number, make: () => T): Record<string, T> {
    return Object.fromEntries(this.list(most, () => this.names.wire()).map(name => [name, make()]))
  }

  private list<T>(most: number, make: () => T): T[] {
    return Array.from({ length: this.random.below(most + 1) }, make)
  }

  private of(...choices: readonly (() => Schema)[]): Schema {
    return this.random.pick(choices)()
  }
}
