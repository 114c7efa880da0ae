// A host in Python gets each child ready before others call it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { python } from '../support/toolchains.js'
import { HostPrograms, matching } from './host-programs.js'

let programs: HostPrograms
beforeAll(() => {
  programs = new HostPrograms('conversation_child.py', 'host_start.py')
})
afterAll(() => programs.remove())

const told = (...args: string[]): Promise<unknown> => programs.told('host_start.py', ...args)
const failed = (why: RegExp, cause: string): unknown => ({
  code: 'START_FAILED',
  message: matching(new RegExp(`^add was not sent: on_start failed: ${why.source}`)),
  cause,
})

describe.skipIf(python === undefined || process.platform !== 'linux').concurrent.each([
  ['threads', ''],
  ['coroutines', '_async'],
])('on_start of a client for %s', (_, form) => {
  it('runs before a call that waits is sent; the child may call back, and its handlers the child', async () => {
    const handlers = Array.from({ length: 2 }, () => 'from a handler')
    expect(await told(`order${form}`)).toEqual(['first', ...handlers, 'second'])
  })

  it('fails every call with its error when it fails, and the child is stopped', async () => {
    const died = {
      code: 'WORKER_EXITED',
      message: matching(/^add was not answered: .*exited with code 3/),
      cause: null,
    }
    expect(await told(`fails${form}`)).toEqual(
      [
        failed(/KeyError: 'b'$/, 'KeyError'),
        failed(/.*FailDeclaredError: as declared \(1001\)$/, 'FailDeclaredError'),
        died,
        failed(/TypeError: on_start of a client for .* must be a (plain|coroutine) function/, 'TypeError'),
        failed(/SystemExit: 3$/, 'SystemExit'),
      ].flatMap(outcome => [outcome, false]),
    )
  })

  it('is told of on stderr when it fails and nobody has called', async () => {
    expect(await programs.toldWith(1, 'host_start.py', `unheard${form}`)).toEqual(
      failed(/KeyError: 'b'$/, 'KeyError'),
    )
  })

  it('ends with the client, as the calls that wait for it do', async () => {
    const stopped = {
      code: 'STOPPED',
      message: 'counted was not answered: the client was stopped',
      cause: null,
    }
    expect(await told(`stopped${form}`)).toEqual(form === '' ? [stopped] : [stopped, 'cancelled'])
  })

  it.skipIf(form !== '')('runs after the child was asked for its contract', async () => {
    expect(await told('asked')).toEqual(['rpc.contract', 'nothing', 'echo'])
  })
})
