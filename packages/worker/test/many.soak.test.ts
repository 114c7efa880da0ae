// What 10,000 workers leave: nothing.
import { expect, test } from 'vitest'
import { Worker } from '../src/index.js'
import { fixture } from './fixture.js'
import './leaves-nothing.js'

interface InUse {
  heapUsed: number
  rss: number
  descriptors: number
  listeners: number
}

test('10,000 workers started and stopped one after another leave memory, descriptors and listeners flat', async () => {
  // In a host of its own, which can collect its garbage, and whose heap for new objects does not grow for speed.
  const [node, ...args] = fixture('starts-many', '10000')
  const host = new Worker([node, '--expose-gc', '--max-semi-space-size=1', ...args])
  const [first, last] = JSON.parse(await host.until(/./).then(lines => lines.join(''))) as [InUse, InUse]
  await host.exited
  expect(last.descriptors).toBe(first.descriptors)
  expect(last.listeners).toBe(first.listeners)
  // A leak of 200 bytes for each would be 1.8 MB.
  expect(last.heapUsed - first.heapUsed).toBeLessThan(1.5e6)
  expect(last.rss - first.rss).toBeLessThan(40e6)
}, 400_000)
