import {
  defineContract,
  discover,
  serializeContract,
  Type,
  type ContractSpec,
  type TSchema,
} from '@simple-ipc/rpc'
import { describe, expect, it } from 'vitest'
import { generate, languages, targetOf } from '../../src/generate/generate.js'
import { readContract } from '../../src/model/read-contract.js'
import { goModule } from '../support/toolchains.js'

type Methods = NonNullable<NonNullable<ContractSpec['child']>['methods']>

/** As many types, each of which leads to the next, and as many methods. */
function contractOf(count: number, more: Methods = {}) {
  const numbers = Array.from({ length: count }, (_, i) => i)
  const types: [string, TSchema][] = numbers.map(i => [
    `Type${i}`,
    Type.Object(
      {
        id: Type.String(),
        kind: Type.Enum(['a', 'b', `c${i}`]),
        next: Type.Ref(`Type${Math.min(i + 1, count - 1)}`),
        [`member${i}`]: Type.Optional(Type.Number()),
      },
      { description: `Type ${i}` },
    ),
  ])
  // The last leads to no other.
  types.push([`Type${count - 1}`, Type.Object({ id: Type.String() })])
  const methods = numbers.map(i => [
    `method${i}`,
    {
      summary: `Does ${i}`,
      params: Type.Object({ value: Type.Ref(`Type${i}`), count: Type.Integer() }),
      result: Type.Ref(`Type${i}`),
      errors: { [`Bad${i}`]: { code: 1 } },
    },
  ])
  const half = methods.slice(0, count / 2)
  return defineContract({
    name: 'large',
    version: '1.0.0',
    types: Object.fromEntries(types) as NonNullable<ContractSpec['types']>,
    child: {
      methods: {
        ...(Object.fromEntries(half) as Methods),
        ...more,
        ...(Object.fromEntries(methods.slice(count / 2)) as Methods),
      },
    },
  })
}

const added: Methods = {
  addedInTheMiddle: { params: Type.Object({ value: Type.Ref('Type1') }), result: Type.Ref('Type2') },
}

/** The lines of the contract's own files, each as often as it is there. */
function linesOf(contract: ReturnType<typeof contractOf>, language: string): Map<string, number> {
  const files = generate(serializeContract(contract), language, discover(contract), goModule)
  const own = targetOf(language).contractFiles('large')
  const lines = files.filter(({ path }) => own.includes(path)).flatMap(({ text }) => text.split('\n'))
  const counts = new Map<string, number>()
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1)
  return counts
}

const missing = (from: Map<string, number>, to: Map<string, number>): string[] =>
  [...from].flatMap(([line, count]) => Array<string>(Math.max(0, count - (to.get(line) ?? 0))).fill(line))

describe.each(languages)('a thousand methods and types in %s', language => {
  it('are generated, and a method more changes its own lines only', { timeout: 120_000 }, () => {
    const before = linesOf(contractOf(1000), language)
    const after = linesOf(contractOf(1000, added), language)
    // The hash, wherever it stands, and what of it went over to another line.
    const isHash = (line: string): boolean => line.includes('sha256:') || /^\s*'[0-9a-f]+"\}'$/.test(line)
    expect(missing(before, after).filter(line => !isHash(line))).toEqual([])
    const own = missing(after, before)
    expect(own.length).toBeGreaterThan(5)
    expect(own.length).toBeLessThan(150)
  })

  it('cost twice as much as half of them', { timeout: 120_000 }, () => {
    const [half, whole] = [workOf(250, language), workOf(500, language)]
    expect(half).toBeGreaterThan(250)
    expect(whole / half).toBeLessThan(2.05)
  })
})

/** How often a contract and its model are looked at, until the files are there. */
function workOf(count: number, language: string): number {
  let work = 0
  const known = new WeakMap<object, unknown>()
  const counted = <T>(value: T): T => {
    if (typeof value !== 'object' || value === null) return value
    const made = known.get(value) ?? watched(value)
    known.set(value, made)
    return made as T
  }
  const watched = (object: object): object =>
    new Proxy(object, {
      get: (target, name, receiver) => {
        work++
        const value: unknown = Reflect.get(target, name, receiver)
        if (typeof value !== 'function' || Array.isArray(target)) return counted(value)
        return (...given: unknown[]): unknown => counted(Reflect.apply(value, target, given))
      },
    })
  const contract = contractOf(count)
  const target = targetOf(language)
  const json = counted(serializeContract(contract))
  const model = counted(readContract(json))
  target.refusals?.(model)
  const openrpc = JSON.stringify(discover(contract))
  target.files(model, { contract: json, version: '1.0.0', openrpc, ...goModule })
  return work
}
