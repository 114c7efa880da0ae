import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { discover } from '@simple-ipc/rpc'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { contract } from '../cases/conversation.js'
import { languagesOf, prepareLanguages, type Language } from '../support/languages.js'
import { Wire } from '../support/wire.js'

const languages = languagesOf('conversation')
let folder = ''
let folderOf: (language: Language) => string = () => ''
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'simple-ipc-'))
  folderOf = prepareLanguages(languages, folder, contract)
}, 300_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const request = (id: unknown, method: string, params?: unknown): string =>
  JSON.stringify({ jsonrpc: '2.0', id, method, ...(params === undefined ? {} : { params }) })
const failure = (id: unknown, code: number, data?: unknown): unknown =>
  expect.objectContaining({
    id,
    error: expect.objectContaining({ code, ...(data === undefined ? {} : { data }) }) as unknown,
  })

interface Items {
  id?: unknown
  method?: string
  params?: { values?: unknown[] }
}
const countOf = ({ method, params }: Items): number =>
  method === '$/items' ? (params?.values?.length ?? 0) : 0

for (const language of languages.filter(({ hostOnly }) => hostOnly !== true))
  describe.skipIf(!language.available)(`a ${language.title} child on the wire`, () => {
    let wire: Wire
    beforeEach(() => {
      wire = new Wire(language.child(folderOf(language)))
    })
    afterEach(() => {
      wire.child.kill('SIGKILL')
    })

    it.each([
      ['text that is not JSON', '{nope', failure(null, -32700)],
      ['an empty list', '[]', failure(null, -32600)],
      [
        'a batch, if its runtime has them',
        '[{"jsonrpc":"2.0","id":1,"method":"nothing"}]',
        language.answersBatches ? [{ jsonrpc: '2.0', id: 1, result: null }] : failure(null, -32600),
      ],
      ['JSON that is no message', '{"a":1}', failure(null, -32600)],
      ['another version', '{"jsonrpc":"1.0","id":1,"method":"nothing"}', failure(null, -32600)],
      ['a method that is no text', '{"jsonrpc":"2.0","id":1,"method":5}', failure(1, -32600)],
      ['a bad id', '{"jsonrpc":"2.0","id":1.5,"method":"nothing"}', failure(null, -32600)],
      [
        'params that are neither object nor array',
        '{"jsonrpc":"2.0","id":1,"method":"nothing","params":3}',
        failure(1, -32600),
      ],
      ['an unknown method', request('x', 'nope'), failure('x', -32601, { method: 'nope' })],
      ['an unknown reserved method', request(2, '$/nope'), failure(2, -32601)],
      [
        'missing params',
        request(3, 'add'),
        failure(3, -32602, { issues: [{ path: '', message: 'must have exactly 2 elements' }] }),
      ],
      [
        'wrong params',
        request(4, 'add', [1, 'x']),
        failure(4, -32602, { issues: [{ path: '/1', message: 'must be a number' }] }),
      ],
      ['an overflow', '{"jsonrpc":"2.0","id":5,"method":"add","params":[1,1e400]}', failure(5, -32700)],
      ['NaN', '{"jsonrpc":"2.0","id":6,"method":"add","params":[1,NaN]}', failure(6, -32700)],
      [
        'a message too deep',
        `{"jsonrpc":"2.0","id":7,"method":"echo","params":{"text":${'['.repeat(200)}${']'.repeat(200)}}}`,
        failure(7, -32600),
      ],
      [
        'a message far too deep',
        `{"jsonrpc":"2.0","id":8,"method":"echo","params":{"text":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`,
        failure(8, -32600),
      ],
      [
        'a number of a thousand digits',
        `{"jsonrpc":"2.0","id":9,"method":"add","params":[1,${'9'.repeat(1000)}]}`,
        failure(9, -32700),
      ],
      [
        'a number of ten thousand digits',
        `{"jsonrpc":"2.0","id":9,"method":"add","params":[1,${'9'.repeat(10_000)}]}`,
        failure(9, -32700),
      ],
    ])('answers %s', async (_, line, answer) => {
      expect(await wire.send(line).next()).toEqual(answer)
      expect(await wire.send(request(99, 'add', [1, 1])).next()).toMatchObject({ id: 99, result: 2 })
    })

    it('escapes control characters of a name and of what is not JSON', async () => {
      const name = '\u001b]0;owned\u0007\u202e\u2028\u009b\n'
      expect(await wire.send(request(1, name)).next()).toMatchObject({
        error: {
          code: -32601,
          message: "There is no method '\\x1b]0;owned\\x07\\u202e\\u2028\\x9b\\x0a' here",
          data: { method: name },
        },
      })
      const unread = '{"jsonrpc":"2.0","id":2,"method":"add","params":[\u001b[31m\u202e]}'
      expect(await wire.send(unread).next()).toMatchObject({
        error: { code: -32700, message: expect.not.stringMatching(/[\p{Cc}\u202e]/u) as unknown },
      })
    })

    it('accepts CRLF, spaces around, a byte order mark, members in any order, 1.0 as an id', async () => {
      wire.send('\ufeff  {"params":[1,-0.0],"method":"add","id":1.0,"jsonrpc":"2.0"}  \r')
      expect(await wire.next()).toEqual({ jsonrpc: '2.0', id: 1, result: 1 })
    })

    it('reads broken text as U+FFFD and lone surrogates too', async () => {
      wire.send(
        '{"jsonrpc":"2.0","id":1,"method":"echo","params":{"text":"a\\ud800b\\ud83d\\ude00\\\\ud800"}}',
      )
      expect(await wire.next()).toMatchObject({ result: 'a\ufffdb😀\\ud800' })
      wire.child.stdin.write(
        Buffer.concat([
          Buffer.from('{"jsonrpc":"2.0","id":2,"method":"echo","params":{"text":"'),
          Buffer.from([0xe2, 0x82, 0x41, 0xff]),
          Buffer.from('"}}\n'),
        ]),
      )
      expect(await wire.next()).toMatchObject({ result: '\ufffdA\ufffd' })
    })

    it('answers ping, contract and the like while a handler is busy', async () => {
      wire.send(request(1, 'slow', { seconds: 60 }), request('p', 'rpc.ping'), request('c', 'rpc.contract'))
      expect(await wire.next()).toEqual({ jsonrpc: '2.0', id: 'p', result: null })
      expect(await wire.next()).toMatchObject({
        id: 'c',
        result: { protocol: 2, name: 'conversation', version: '1.0.0' },
      })
    })

    it('describes its own contract', async () => {
      expect(await wire.send(request(1, 'rpc.discover')).next()).toEqual({
        jsonrpc: '2.0',
        id: 1,
        result: discover(contract),
      })
    })

    it('refuses an id that is still running, and cancels', async () => {
      wire.send(request(1, 'slow', { seconds: 60 }), request(1, 'add', [1, 1]))
      expect(await wire.next()).toEqual(failure(null, -32600))
      // Handlers start in order: when this one has answered, the first one waits.
      expect(await wire.send(request(2, 'add', [1, 1])).next()).toMatchObject({ id: 2 })
      wire.send('{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":1}}')
      expect(await wire.next(), 'what the handler said when it heard of it').toMatchObject({
        method: 'log',
        params: { text: 'slow ended, cancelled true' },
      })
      expect(await wire.next()).toEqual(failure(1, -32800))
    })

    it('ignores cancels, credit and answers that belong to nothing', async () => {
      wire.send(
        '{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":77}}',
        '{"jsonrpc":"2.0","method":"$/credit","params":{"id":77,"items":1}}',
        '{"jsonrpc":"2.0","method":"$/whatever"}',
        '{"jsonrpc":"2.0","id":123,"result":1}',
        '{"jsonrpc":"2.0","id":null,"error":{"code":1,"message":"x"}}',
        request(1, 'add', [1, 1]),
      )
      expect(await wire.next()).toMatchObject({ id: 1, result: 2 })
    })

    /** How many items have come when there are at least so many; other messages are passed over. */
    async function itemsOf(least: number): Promise<number> {
      let items = 0
      while (items < least) items += countOf((await wire.next()) as Items)
      return items
    }

    it('sends no more than its window allows, and goes on with credit', async () => {
      wire.send(request(1, 'count', { to: 5000 }))
      expect(await itemsOf(4096)).toBe(4096)
      wire.send(request(2, 'add', [1, 1]))
      expect(await wire.next(), 'nothing but this answer').toMatchObject({ id: 2, result: 2 })
      wire.send('{"jsonrpc":"2.0","method":"$/credit","params":{"id":1,"items":1000}}')
      expect(await itemsOf(904)).toBe(904)
    })

    it('ignores credit that is none, and takes more than is outstanding as all', async () => {
      wire.send(request(1, 'count', { to: 10_000 }))
      expect(await itemsOf(4096)).toBe(4096)
      const odd = ['0', '-1', '"5"', '1.5', 'true', 'null', '[]', '{}']
      wire.send(
        ...odd.map(value => `{"jsonrpc":"2.0","method":"$/credit","params":{"id":1,"items":${value}}}`),
        '{"jsonrpc":"2.0","method":"$/credit","params":{"id":1}}',
        '{"jsonrpc":"2.0","method":"$/credit","params":[1,5]}',
        '{"jsonrpc":"2.0","method":"$/credit"}',
        request(2, 'add', [1, 1]),
      )
      expect(await wire.next(), 'nothing but this answer').toMatchObject({ id: 2, result: 2 })
      wire.send('{"jsonrpc":"2.0","method":"$/credit","params":{"id":1,"items":10000}}')
      expect(await itemsOf(4096)).toBe(4096)
      expect(await wire.send(request(3, 'add', [1, 1])).next(), 'and no more').toMatchObject({ id: 3 })
    })

    it('takes meta, which must be an object of short strings', async () => {
      const add = (id: number, meta: string): string =>
        `{"jsonrpc":"2.0","id":${id},"method":"add","meta":${meta},"for":77,"params":[1,1]}`
      expect(await wire.send(add(1, '{"a":"1","b":""}')).next()).toMatchObject({ id: 1, result: 2 })
      for (const meta of ['null', '5', '"a"', '[]', '{"a":1}', `{"a":"${'x'.repeat(8200)}"}`])
        expect(await wire.send(add(2, meta)).next(), meta.slice(0, 20)).toEqual({
          jsonrpc: '2.0',
          id: 2,
          error: {
            code: -32600,
            message: 'The meta of a message must be an object of strings, of at most 8 KiB as JSON',
          },
        })
    })

    it('answers everything after the end of input, and exits with 0', async () => {
      wire.child.stdin.end(
        `${request(1, 'slow', { seconds: 0.1 })}\n${request(2, 'count', { to: 2000 })}\n${request(3, 'add', [1, 2])}`,
      )
      const all: Items[] = []
      for await (const line of wire.lines) all.push(JSON.parse(line) as Items)
      expect(all.reduce((sum, message) => sum + countOf(message), 0)).toBe(2000)
      expect(
        all
          .map(({ id }) => id)
          .filter(id => id !== undefined)
          .sort(),
      ).toEqual([1, 2, 3])
      expect(await wire.exit()).toBe(0)
    })

    it('fails its own calls after the end of input', async () => {
      wire.child.stdin.end(`${request(1, 'nest', { depth: 1 })}\n`)
      const answers: unknown[] = []
      for await (const line of wire.lines) answers.push(JSON.parse(line))
      expect(answers.at(-1)).toMatchObject({
        id: 1,
        error: { code: -32603, message: expect.stringContaining('host closed') as string },
      })
      expect(await wire.exit()).toBe(0)
    })

    it('ends by itself when the host is gone while a handler runs', async () => {
      wire.send(request(1, 'slow', { seconds: 600 }), request(2, 'rpc.ping'))
      await wire.next()
      wire.child.stdin.destroy()
      wire.child.stdout.destroy()
      expect(await wire.exit()).toBe(1)
    })
  })
