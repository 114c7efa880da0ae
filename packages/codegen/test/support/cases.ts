import { readdirSync } from 'node:fs'
import path from 'node:path'
import { serializeContract, type Contract, type SerializedContract } from '@simple-ipc/rpc'
import { inTests } from './paths.js'

/** A contract that holds one danger. The same list serves every language. */
export interface Case {
  name: string
  contract: Contract
  json: SerializedContract
}

const folder = inTests('cases')

export const cases: readonly Case[] = await Promise.all(
  readdirSync(folder)
    .filter(file => file.endsWith('.ts'))
    .sort()
    .map(async file => {
      const { contract } = (await import(path.join(folder, file))) as { contract: Contract }
      return { name: path.basename(file, '.ts'), contract, json: serializeContract(contract) }
    }),
)

/** What a language cannot say yet, by case and language, with the reason. A test asks whether it is still so. */
export const skips: Readonly<Record<string, Readonly<Record<string, string>>>> = {}

/** The cases of one language: all but those that it skips. */
export const casesOf = (language: string): readonly Case[] =>
  cases.filter(({ name }) => skips[name]?.[language] === undefined)
