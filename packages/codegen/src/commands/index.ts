import type { Command } from 'commander'
import { addDiff } from './diff.js'
import { addGenerate } from './generate.js'
import { addImport } from './import.js'
import { addInit } from './init.js'
import { addOpenrpc } from './openrpc.js'

/** The one list of commands, in the order of the help. Each adds itself and its options to the program. */
export const commands: readonly ((program: Command) => void)[] = [
  addInit,
  addGenerate,
  addOpenrpc,
  addDiff,
  addImport,
]
