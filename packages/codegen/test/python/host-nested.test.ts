// Handlers of a host in Python call back into the child while the host's own calls wait.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { python } from '../support/toolchains.js'
import { HostPrograms } from './host-programs.js'

let programs: HostPrograms
beforeAll(() => {
  programs = new HostPrograms('conversation_child.py', 'conversation_coroutines.py', 'host_nested.py')
})
afterAll(() => programs.remove())

const clients = [
  ['coroutines on the client’s own loop', 'asyncio'],
  ['plain handlers', 'threads'],
  ['coroutines on a loop of the client', 'own-loop'],
] as const
const children = [
  ['plain functions', 'conversation_child.py'],
  ['coroutines', 'conversation_coroutines.py'],
] as const
const ways = [
  ['their peer', 'peer'],
  ['the client', 'client'],
] as const

describe.skipIf(python === undefined).each(clients)('%s', (_, form) => {
  describe.each(children)('and a child of %s', (_, child) => {
    it.each(ways)('nest thirty deep, and fifty at once, through %s', { timeout: 60_000 }, async (_, way) => {
      const each = Array.from({ length: 50 }, (_, n) => n % 4)
      expect(await programs.told('host_nested.py', form, child, way)).toEqual([30, ...each])
    })
  })
})
