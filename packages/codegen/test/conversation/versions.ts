import { expect, vi } from 'vitest'
import { through } from './row.js'

export const versions = [
  through(
    ['other-version.mjs', 'told'],
    'A child that lacks a method is refused before the first call, and the method is named',
    async ({ driver }) => {
      const { error } = await driver.outcome('add', [1, 1])
      expect(error).toMatchObject({
        code: 'CONTRACT_MISMATCH',
        message: expect.stringContaining('told') as string,
      })
      expect(await driver.all('stderr'), 'the call was not sent').not.toContain('add went by')
    },
  ),

  through(
    ['other-version.mjs', 'told'],
    'The error of a contract that does not match names both contracts, and in Python and Go the generated file of ours',
    async ({ driver, host }) => {
      const { error } = await driver.outcome('add', [1, 1])
      expect(error?.message).toMatch(
        /^The other side's contract 'other' 0\.9\.0 does not match ours, 'conversation' 1\.0\.0/,
      )
      expect(error?.message).toContain(
        'These are two contracts: check which generated file the other side loads.',
      )
      const ending = { go: '.go', python: '.py', typescript: undefined }[host.name.replace(/-.*/, '')]
      if (ending !== undefined) expect(error?.message).toContain(`conversation${ending})`)
    },
  ),

  through(
    ['other-version.mjs'],
    'A child of another version that differs in nothing that matters is accepted',
    async ({ driver }) => {
      expect(await driver.ask('add', [1, 1])).toBe(2)
      await vi.waitFor(async () => expect(await driver.all('stderr')).toContain('add went by'))
    },
  ),

  through(
    ['other-version.mjs', 'protocol'],
    'A child that speaks another version of the protocol is refused, and the error says what to do',
    async ({ driver }) => {
      const { error } = await driver.outcome('add', [1, 1])
      expect(error).toMatchObject({
        code: 'CONTRACT_MISMATCH',
        message: expect.stringContaining(
          'The other side speaks version 1 of the simple-ipc protocol, this side version 2: generate the code of both with the same simple-ipc, and start them again',
        ) as string,
      })
      expect(await driver.all('stderr'), 'the call was not sent').not.toContain('add went by')
    },
  ),
]
