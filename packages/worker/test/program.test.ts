// A process's life alone, without lines.
import { expect, test } from 'vitest'
import { Program, type Exit, type ProgramHandlers, type ProgramOptions } from '../src/index.js'
import './leaves-nothing.js'

/** A program with all that it tells. */
function started(command: string[], options?: ProgramOptions) {
  const told: string[] = []
  let bytes = ''
  const handlers: ProgramHandlers = {
    data: chunk => (bytes += chunk.toString()),
    end: () => told.push('end'),
    exit: ({ code, signal }: Exit) => told.push(`exit ${code ?? signal ?? ''}`),
    close: () => told.push('close'),
    broken: () => told.push('broken'),
  }
  const program = new Program(command, handlers, options)
  return { program, told, bytes: () => bytes }
}

test('a program writes bytes, exits and closes, and tells each once', async () => {
  const { program, told, bytes } = started(['sh', '-c', 'printf "a\\nb"; exit 3'])
  expect(program.running).toBe(true)
  expect(told).toEqual([])
  expect(await program.exited).toEqual({ code: 3, signal: null })
  expect(await program.closed).toEqual({ code: 3, signal: null })
  expect(bytes()).toBe('a\nb')
  expect([...told].sort()).toEqual(['close', 'end', 'exit 3'])
  expect(told.at(-1)).toBe('close')
  expect(program.pid).toBeUndefined()
  expect(program.report(['b'])).toMatchObject({
    command: ['sh', '-c', expect.any(String)],
    code: 3,
    lines: ['b'],
  })
})

test('a program takes bytes, and ends with its input', async () => {
  const { program, bytes } = started(['cat'])
  expect(program.write('ä')).toBe(true)
  expect(program.write(Buffer.from([0, 255]))).toBe(true)
  expect(program.bufferedAmount).toBe(4)
  await program.drained()
  expect(program.bufferedAmount).toBe(0)
  expect(await program.stop()).toEqual({ code: 0, signal: null })
  expect(bytes()).toBe('ä\0\ufffd')
  expect(program.write('x')).toBe(false)
})

test('a program that is paused has to wait, and loses nothing', async () => {
  const { program, bytes } = started(['sh', '-c', 'seq 1 200000; cat'])
  program.pause()
  await new Promise(resolve => setTimeout(resolve, 100))
  expect(bytes().length).toBeLessThan(100_000)
  program.resume()
  program.write('last\n')
  await program.stop({ input: 20_000 })
  expect(bytes().length).toBe(1_288_895 + 5)
})

test('a program that cannot be started tells so later, never throws, and takes nothing', async () => {
  const { program, told } = started(['no-such-program'])
  expect(program.running).toBe(false)
  expect(program.write('x')).toBe(false)
  expect(told).toEqual([])
  expect((await program.closed).error?.code).toBe('START_FAILED')
  expect(told).toEqual(['exit ', 'end', 'close'])
  expect((await program.stop()).error?.code).toBe('START_FAILED')
})
