import { afterEach, describe, expect, it } from 'vitest'
import { Client, defineContract, nodeEnv, pythonEnv, Type } from '@simple-ipc/rpc'
import { has } from '../../../scripts/required-programs.mjs'
import { failureOf, fixture } from './start-calculator.js'
import { environment } from './fixtures/tells-its-environment.mjs'

const mirror = defineContract({
  name: 'mirror',
  version: '1',
  foreign: true,
  child: {
    methods: { reverse: { params: Type.Object({ text: Type.String() }), result: Type.String() } },
  },
})

/** A locale that knows no letters but those of ASCII, and a Python that does not look for a better one. */
const poor = { LC_ALL: 'C', PYTHONCOERCECLOCALE: '0', PYTHONIOENCODING: undefined }

let stop: () => Promise<void>
afterEach(() => stop())

describe.skipIf(!has('python3'))('The environment of a program in Python', () => {
  const start = (env: Record<string, string | undefined>): Client<(typeof mirror)['spec']> => {
    const client = new Client(mirror, ['python3', fixture('prints_answers.py')], { env })
    stop = () => client.stop()
    return client
  }

  it('lets its answers come at once, in UTF-8, whatever the locale', async () => {
    const client = start(pythonEnv(poor))
    expect(await client.call('reverse', { text: 'ä€😀' })).toBe('😀€ä')
    expect(await client.call('reverse', { text: 'again' })).toBe('niaga')
  })

  it('is what makes them come: without it they stay in Python’s buffer', async () => {
    const client = start({ ...pythonEnv(poor), PYTHONUNBUFFERED: undefined })
    expect(await failureOf(client.call('reverse', { text: 'x' }, { timeout: 300 }))).toMatchObject({
      code: 'TIMEOUT',
    })
  })

  it('is what lets them be more than ASCII', async () => {
    const client = start({ ...pythonEnv(poor), PYTHONUTF8: '0' })
    expect(await client.call('reverse', { text: 'ab' })).toBe('ba')
    const outcome = await client.call('reverse', { text: 'ä€😀' }).catch((error: unknown) => error)
    expect(outcome).not.toBe('😀€ä')
  })
})

describe('The environment of a child that is started with process.execPath', () => {
  it('makes Electron behave as Node, keeps what is there, and takes away what must not be', async () => {
    process.env['SIMPLE_IPC_TEST_SECRET'] = 'secret'
    const env = nodeEnv({ SIMPLE_IPC_TEST_SECRET: undefined, SIMPLE_IPC_TEST_MORE: 'more' })
    const client = new Client(environment, [process.execPath, fixture('tells-its-environment.mjs')], { env })
    stop = () => client.stop()
    const variables = await client.call('variables')
    delete process.env['SIMPLE_IPC_TEST_SECRET']
    expect(variables).toMatchObject({
      ELECTRON_RUN_AS_NODE: '1',
      PATH: process.env['PATH'],
      SIMPLE_IPC_TEST_MORE: 'more',
    })
    expect(variables).not.toHaveProperty('SIMPLE_IPC_TEST_SECRET')
  })
})
