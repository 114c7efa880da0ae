import { cpSync, mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { discover, serializeContract } from '@simple-ipc/rpc'
import { generate } from '../../src/generate/generate.js'
import { writeFiles } from '../../src/output/write-files.js'
import { inTests } from '../support/paths.js'
import { contract } from './wire-contract.js'

/** Generates the contract's code into a folder of its own, with the programs that use it (`wire_….py`); returns the folder. */
export function wirePrograms(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'simple-ipc-'))
  const files = generate(serializeContract(contract), 'python', discover(contract))
  writeFiles(path.join(folder, 'generated'), files)
  for (const file of readdirSync(inTests('python')))
    if (/^wire_.*\.py$/.test(file)) cpSync(path.join(inTests('python'), file), path.join(folder, file))
  return folder
}
