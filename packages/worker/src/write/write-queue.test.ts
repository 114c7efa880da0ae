import { Writable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { WriteQueue } from './write-queue.js'

/** A stream whose reader takes each write when told. */
class Pipe extends Writable {
  readonly writes: string[] = []
  #next: (() => void)[] = []
  constructor() {
    super({ decodeStrings: false })
  }
  override _write(chunk: string | Buffer, _: BufferEncoding, done: () => void): void {
    this.writes.push(chunk.toString())
    this.#next.push(done)
  }
  take(): void {
    this.#next.shift()?.()
  }
}

const tick = () => new Promise(resolve => setImmediate(resolve))
const never = () => expect.unreachable()

describe('writes', () => {
  test('of one tick leave as one, in their order, also from promises', async () => {
    const pipe = new Pipe()
    const queue = new WriteQueue(pipe, never)
    queue.write('a')
    queue.write(Buffer.from('b'))
    void Promise.resolve().then(() => queue.write('c'))
    expect(pipe.writes).toEqual([])
    await tick()
    expect(pipe.writes).toEqual(['abc'])
  })

  test('are not waited with when told to flush', async () => {
    const pipe = new Pipe()
    const queue = new WriteQueue(pipe, never)
    queue.write('a')
    queue.write('b')
    queue.flush()
    expect(pipe.writes).toEqual(['ab'])
    queue.flush()
    queue.write('c')
    pipe.take()
    await tick()
    expect(pipe.writes).toEqual(['ab', 'c'])
  })

  test('are counted in bytes until the pipe has taken them', async () => {
    const pipe = new Pipe()
    const queue = new WriteQueue(pipe, never)
    queue.write('€')
    queue.write(Buffer.from('xy'))
    expect(queue.bufferedAmount).toBe(5)
    let drained = false
    const drain = queue.drained().then(() => (drained = true))
    await tick()
    expect([queue.bufferedAmount, drained]).toEqual([5, false])
    pipe.take()
    await drain
    expect(queue.bufferedAmount).toBe(0)
    await queue.drained()
  })

  test('of very much in one tick leave as several', async () => {
    const pipe = new Pipe()
    const queue = new WriteQueue(pipe, never)
    const text = 'x'.repeat(9 * 1024 * 1024)
    queue.write(text)
    queue.write(text)
    while (queue.bufferedAmount > 0) {
      await tick()
      pipe.take()
    }
    const lengths = pipe.writes.map(write => write.length)
    expect(Math.max(...lengths)).toBe(1024 * 1024)
    expect(lengths.reduce((sum, length) => sum + length)).toBe(2 * text.length)
  })

  test('of the same tick go before the end', async () => {
    const pipe = new Pipe()
    const queue = new WriteQueue(pipe, never)
    queue.write('a')
    queue.end()
    expect(queue.write('b')).toBe(false)
    pipe.take()
    await tick()
    expect(pipe.writes).toEqual(['a'])
    expect(pipe.writableFinished).toBe(true)
  })

  test('to a pipe that breaks are lost, are told once, and never throw', async () => {
    const pipe = new Pipe()
    const broken: string[] = []
    const queue = new WriteQueue(pipe, error => broken.push(error.message))
    queue.write('a')
    const drain = queue.drained()
    await tick()
    pipe.destroy(new Error('EPIPE'))
    await drain
    expect(broken).toEqual(['EPIPE'])
    expect(queue.bufferedAmount).toBe(0)
    expect(queue.write('b')).toBe(false)
  })
})
