import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, it } from 'vitest'

// Typing a contract must stay cheap: a signature that reaches Static<…> from a call's own type parameter costs over a
// million instantiations, however small the contract, and seconds in every editor. Time cannot be tested; this can.

// Inside the package, so that its dependencies are found; in a folder that every tool ignores.
const folder = fileURLToPath(new URL('../../.turbo/instantiations/', import.meta.url))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A contract of so many methods of four sorts, a call of each and a handler of each. */
function program(count: number): string {
  const each = (write: (i: number) => string): string =>
    Array.from({ length: count }, (_, i) => write(i)).join('\n')
  const sorts = (...writers: ((i: number) => string)[]): string =>
    each(i => writers[i % writers.length]?.(i) ?? '')
  return `
import { Type } from 'typebox'
import { defineContract } from '../../src/contract/define-contract.js'
import type { ChildHandlers, RemoteChild } from '../../src/contract/contract-types.js'
const contract = defineContract({
  name: 'big', version: '1',
  types: { Node: Type.Object({ v: Type.Number(), next: Type.Optional(Type.Ref('Node')) }) },
  child: { methods: {${sorts(
    i =>
      `m${i}: { params: Type.Object({ a${i}: Type.String(), b: Type.Optional(Type.Integer()) }), result: Type.Object({ r${i}: Type.Number(), node: Type.Ref('Node') }) },`,
    i =>
      `m${i}: { params: Type.Tuple([Type.String(), Type.Number()]), result: Type.Union([Type.Literal('a${i}'), Type.Null()]) },`,
    i =>
      `m${i}: { params: Type.Object({ a${i}: Type.Array(Type.String()) }), stream: Type.Object({ i${i}: Type.Number() }), progress: Type.Number(), result: Type.Integer(), errors: { Bad${i}: { code: ${i + 1}, data: Type.Object({ line: Type.Integer() }) } } },`,
    i => `m${i}: { result: Type.Record(Type.String(), Type.Boolean()) },`,
  )}} },
})
export async function use(client: RemoteChild<typeof contract.spec>): Promise<unknown[]> {
  const all: unknown[] = []
  ${sorts(
    i => `const r${i}: number = (await client.call('m${i}', { a${i}: 'x' })).r${i}; all.push(r${i})`,
    i => `const r${i}: 'a${i}' | null = await client.call('m${i}', ['x', 1]); all.push(r${i})`,
    i =>
      `for await (const x of client.stream('m${i}', { a${i}: ['x'] })) { const r${i}: number = x.i${i}; all.push(r${i}) }`,
    i => `const r${i}: Record<string, boolean> = await client.call('m${i}'); all.push(r${i})`,
  )}
  return all
}
export const handlers: ChildHandlers<typeof contract.spec> = {
  ${sorts(
    i => `m${i}: ({ a${i}, b }) => ({ r${i}: a${i}.length + (b ?? 0), node: { v: 1 } }),`,
    i => `m${i}: ([text, n]) => (text.length === n ? 'a${i}' : null),`,
    i =>
      `async *m${i}({ a${i} }, { progress, error }) { progress(1); if (a${i}.length === 0) throw error('Bad${i}', { line: 1 }); yield { i${i}: 1 }; return 1 },`,
    i => `m${i}: () => ({}),`,
  )}
}
`
}

const programOf = (count: number): string => program(count).replaceAll("'../../src/", "'../../../src/")

/** A client that is prepared at its start. The package as others import it: its own source costs more than all of this. */
const prepared = `
import { Client, defineContract, Type } from '@simple-ipc/rpc'
const contract = defineContract({ name: 'small', version: '1', child: { methods: { load: { result: Type.Integer() } } } })
export const client = new Client(contract, 'program', {
  onStart: async child => {
    const size: number = await child.call('load')
    return size
  },
})
`

/** What tsc counts for a program. Throws if it does not compile. */
function instantiations(name: string, text: string): number {
  const at = path.join(folder, name)
  mkdirSync(at, { recursive: true })
  writeFileSync(path.join(at, 'big.ts'), text)
  writeFileSync(
    path.join(at, 'tsconfig.json'),
    JSON.stringify({
      extends: '../../../../../tsconfig.base.json',
      compilerOptions: { skipLibCheck: true },
      files: ['big.ts'],
    }),
  )
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc')
  const said = execFileSync(process.execPath, [tsc, '-p', at, '--extendedDiagnostics'], { encoding: 'utf8' })
  return Number(/Instantiations:\s+(\d+)/.exec(said)?.[1])
}

it('a contract of 200 methods, each called and handled, costs TypeScript less than half a million instantiations', () => {
  const most = instantiations('200', programOf(200))
  expect(most).toBeGreaterThan(50_000)
  expect(most).toBeLessThan(500_000)
}, 120_000)

it('a contract of 4 methods costs next to nothing beyond what the package itself does', () => {
  expect(instantiations('4', programOf(4))).toBeLessThan(100_000)
}, 120_000)

it('onStart tells the compiler nothing about the contract, which is not asked for it', () => {
  expect(instantiations('prepared', prepared)).toBeLessThan(20_000)
}, 120_000)
