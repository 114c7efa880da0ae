import { describe, expect, it, vi } from 'vitest'
import { Client, connect, memoryTransports, Pool, type ViolationDetails } from '@simple-ipc/rpc'
import { calculator } from './fixtures/calculator-contract.mjs'
import { fixture, startCalculator, untyped } from './start-calculator.js'

/** Both ends of a connection, of which the host checks nothing that it sends, and the child everything. */
function careless(options: object = {}): { host: object; child: object; [Symbol.dispose](): void } {
  const [here, there] = memoryTransports()
  const handlers = { confirm: () => true, nest: () => 0, log: () => undefined }
  const methods = Object.keys(calculator.spec.child.methods)
  const made = Object.fromEntries(methods.map(name => [name, () => null]))
  const host = connect(calculator, here.reader, here.writer, {
    side: 'host',
    handlers,
    validate: false,
    verify: false,
  })
  const child = connect(calculator, there.reader, there.writer, {
    ...options,
    side: 'child',
    handlers: { ...made, tell: () => undefined } as never,
  })
  return {
    host,
    child,
    [Symbol.dispose]: () => {
      host.close()
      child.close()
    },
  }
}

describe('what the other side gets wrong is told here', () => {
  it('to onProtocolError, with the value', async () => {
    const seen: [string, ViolationDetails | undefined][] = []
    using pair = careless({
      onProtocolError: (...violation: [string, ViolationDetails | undefined]) => seen.push(violation),
    })
    await expect(untyped(pair.host).call('add', { a: 1, b: 'x' })).rejects.toMatchObject({ code: -32602 })
    untyped(pair.host).notify('tell', { text: 5 })
    await untyped(pair.host).call('print', { text: '' })
    expect(seen).toEqual([
      [
        'add was called with params that do not fit the contract: params/b must be a number',
        { method: 'add', value: { a: 1, b: 'x' } },
      ],
      [
        'The notification tell does not fit the contract: params/text must be a string',
        { method: 'tell', value: { text: 5 } },
      ],
    ])
  })

  it('on stderr where nobody listens, in one line, and not each time', async () => {
    const said = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    try {
      using pair = careless()
      const text = 'x'.repeat(5000)
      for (let n = 0; n < 105; n++)
        await untyped(pair.host)
          .call('add', { a: 1, b: [n, text] })
          .catch(() => undefined)
      untyped(pair.host).notify('tell', { text: { a: 'line\n' } })
      await untyped(pair.host).call('print', { text: '' })
      const lines = said.mock.calls.map(([line]) => String(line))
      expect(lines.map(line => line.replace(/; it was.*/, ''))).toEqual([
        'simple-ipc: add was called with params that do not fit the contract: params/b must be a number',
        'simple-ipc: add was called with params that do not fit the contract: params/b must be a number (10 times)',
        'simple-ipc: add was called with params that do not fit the contract: params/b must be a number (100 times)',
        'simple-ipc: The notification tell does not fit the contract: params/text must be a string',
      ])
      expect(lines[0]).toMatch(/; it was \{ a: 1, b: \[ 0, 'x+'... 4900 more characters \] \}$/)
      expect(lines[3]).toMatch(/; it was \{ text: \{ a: 'line\\n' \} \}$/)
      expect(lines.every(line => line.length < 500 && !line.includes('\n'))).toBe(true)
    } finally {
      said.mockRestore()
    }
  })
})

describe('a client and a pool tell what their child gets wrong', () => {
  it.each(['client', 'pool'])('%s', async kind => {
    const seen: unknown[] = []
    const told = new Promise<void>(resolve => {
      const onProtocolError = (...violation: unknown[]): void => {
        seen.push(violation)
        if (seen.length === 3) resolve()
      }
      const options = {
        stderr: 'ignore' as const,
        onProtocolError,
        host: { confirm: () => true, nest: () => 0, log: () => undefined },
      }
      const command = [process.execPath, fixture('breaks-the-contract.mjs')]
      const host =
        kind === 'pool' ? new Pool(calculator, command, options) : new Client(calculator, command, options)
      void host.call('count', { to: 1 }, { onProgress: () => undefined }).then(() => host.stop())
    })
    await told
    expect(seen).toEqual([
      [
        'nest was called with params that do not fit the contract: params/depth must be an integer',
        { method: 'nest', value: { depth: 'deep' } },
      ],
      [
        'The notification log does not fit the contract: params/text must be a string',
        { method: 'log', value: { text: 5 } },
      ],
      [
        'The progress of count does not fit the contract: progress must be a number',
        { method: 'count', value: 'far' },
      ],
    ])
  })

  it('and a child tells what its host gets wrong, on its stderr', async () => {
    const lines: string[] = []
    const client = startCalculator({ stderr: line => lines.push(line), validate: false })
    await expect(untyped(client).call('add', { a: 1, b: 'x' })).rejects.toMatchObject({ code: -32602 })
    await client.stop()
    expect(lines).toEqual([
      "simple-ipc: add was called with params that do not fit the contract: params/b must be a number; it was { a: 1, b: 'x' }",
    ])
  })
})
