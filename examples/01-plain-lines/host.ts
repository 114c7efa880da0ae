// A program that answers numbers and ends at 42, in C and in JavaScript, driven line by line.
//
//   node --import tsx examples/01-plain-lines/host.ts
//
import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { Worker } from '@simple-ipc/worker'

const here = import.meta.dirname

/** Sends numbers until the program ends by itself. */
async function count(name: string, command: readonly string[]): Promise<void> {
  await using worker = new Worker(command, line => {
    console.log(`${name} says: ${line}`)
  })
  // Anything can be sent: it travels as its text.
  worker.send(1)
  worker.send('forty')
  worker.send(40n)
  worker.send(42)
  const { code } = await worker.exited
  console.log(
    `${name} ended with code ${code}; the last line was «${worker.data}»; running: ${worker.running}`,
  )
}

/** Compiles the C program into `build`; undefined if there is no C compiler. */
function compile(): string | undefined {
  const folder = path.join(here, 'build')
  mkdirSync(folder, { recursive: true })
  const program = path.join(folder, process.platform === 'win32' ? 'answer.exe' : 'answer')
  const source = path.join(here, 'answer.c')
  const { status, error } = spawnSync('cc', ['-O2', '-Wall', '-o', program, source], { stdio: 'inherit' })
  if (error) return undefined
  if (status !== 0) throw new Error(`cc could not compile ${source}`)
  return program
}

await count('JavaScript', [process.execPath, path.join(here, 'answer.mjs')])
const program = compile()
if (program === undefined) console.log('skipped: the program in C (there is no C compiler `cc` on PATH)')
else await count('C', [program])
