import { describe, expectTypeOf, test } from 'vitest'
import { Worker, type Exit, type ExitReport, type WorkerError } from '../index.js'

declare const worker: Worker
declare function attempt(call: () => unknown): void

describe('the types', () => {
  test('of a reply follow from the options', () => {
    expectTypeOf(worker.ask('x')).resolves.toEqualTypeOf<string>()
    expectTypeOf(worker.ask('x', { timeout: 5 })).resolves.toEqualTypeOf<string>()
    expectTypeOf(worker.ask('x', { until: '' })).resolves.toEqualTypeOf<string[]>()
    expectTypeOf(worker.ask('x', { until: /x/, timeout: 5 })).resolves.toEqualTypeOf<string[]>()
    expectTypeOf(worker.until(text => text.length > 5)).resolves.toEqualTypeOf<string[]>()
  })

  test('of events are known to their listeners', () => {
    worker.on('line', line => expectTypeOf(line).toEqualTypeOf<string>())
    worker.on('close', report => expectTypeOf(report).toEqualTypeOf<ExitReport>())
    worker.on('exit', exit => expectTypeOf(exit).toEqualTypeOf<Exit>())
    worker.once('error', error => expectTypeOf(error).toEqualTypeOf<WorkerError>())
  })

  test('of loops are lines', async () => {
    for await (const line of worker) expectTypeOf(line).toEqualTypeOf<string>()
  })

  test('refuse what is wrong', () => {
    // @ts-expect-error -- a command is a string or a list of strings
    attempt(() => new Worker(42))
    // @ts-expect-error -- no such option
    attempt(() => new Worker('cat', { strat: false }))
    // @ts-expect-error -- a callback takes one line
    attempt(() => new Worker('cat', (a: string, b: string) => [a, b]))
    // @ts-expect-error -- read-only
    attempt(() => (worker.running = true))
    // @ts-expect-error -- read-only
    attempt(() => (worker.data = 'x'))
    // @ts-expect-error -- bytes or text
    attempt(() => worker.write(42))
  })
})
