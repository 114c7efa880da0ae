import { afterEach, describe, expect, it } from 'vitest'
import { Client, defineContract, Type } from '@simple-ipc/rpc'
import { failureOf, fixture } from './start-calculator.js'

const contract = defineContract({
  name: 'foreign',
  version: '1',
  foreign: true,
  child: { methods: { work: { result: Type.Null() } } },
})

describe('A program whose headers are wrong', () => {
  let client: Client<(typeof contract)['spec']> | undefined
  afterEach(() => client?.stop())
  const start = (way: string, onProtocolError?: (message: string) => void) =>
    (client = new Client(contract, [process.execPath, fixture('wrong-headers.mjs'), way], {
      framing: 'headers',
      onProtocolError,
    }))

  it.each(['glued', 'too long', 'much too long', 'negative', 'given twice'])(
    'is understood, one answer after the other and many at once: %s',
    async way => {
      const child = start(way)
      for (let i = 0; i < 3; i++) expect(await child.call('work')).toBe(null)
      expect(await Promise.all([child.call('work'), child.call('work'), child.call('work')])).toEqual([
        null,
        null,
        null,
      ])
    },
  )

  it('fails the call whose answer was cut, and no other', async () => {
    const child = start('too short')
    for (let i = 0; i < 3; i++)
      expect(await failureOf(child.call('work'))).toMatchObject({ code: 'UNREADABLE_MESSAGE' })
  })

  it('is told of', async () => {
    const told: string[] = []
    const child = start('negative', message => told.push(message))
    await child.call('work')
    expect(told).toEqual([expect.stringMatching(/^Rejected a header: Content-Length: -\d+$/)])
  })
})
