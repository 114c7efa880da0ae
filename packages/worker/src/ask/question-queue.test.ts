import { getEventListeners } from 'node:events'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { QuestionQueue } from './question-queue.js'
import type { WorkerError } from '../errors/worker-error.js'
import { WorkerError as Failure } from '../errors/worker-error.js'

let sent: string[]
let unterminated: string
let takes: boolean
let questions: QuestionQueue

beforeEach(() => {
  vi.useRealTimers()
  sent = []
  unterminated = ''
  takes = true
  questions = new QuestionQueue({
    send: data => {
      if (takes) sent.push(data)
      return takes
    },
    refused: () => new Failure('STDIN_CLOSED', 'It is closed'),
    unterminated: () => unterminated,
    hint: () => undefined,
    unlimited: () => undefined,
    changed: () => undefined,
  })
})

const codeOf = (reply: Promise<unknown>): Promise<unknown> =>
  reply.catch((error: unknown) => (error as WorkerError).code)

/** The program writes: whole lines, then unterminated text. */
function writes(...texts: string[]): void {
  const last = texts.pop() ?? ''
  for (const text of texts) {
    unterminated = ''
    questions.line(text)
  }
  unterminated = last
  questions.text()
}

describe('a question', () => {
  test('is sent, and its reply is the next line', async () => {
    const reply = questions.ask('2+3', {})
    expect(sent).toEqual(['2+3'])
    writes('5', '')
    expect(await reply).toEqual(['5'])
    expect(questions.busy).toBe(false)
  })

  test('waits until the one before has settled', async () => {
    const replies = [questions.ask('a', {}), questions.ask('b', {}), questions.ask('c', {})]
    expect(sent).toEqual(['a'])
    writes('1', '')
    expect(sent).toEqual(['a', 'b'])
    writes('2', '3', '')
    expect(await Promise.all(replies)).toEqual([['1'], ['2'], ['3']])
  })

  test('gets all lines up to a blank one, which is not among them', async () => {
    const reply = questions.ask('helo wrld', { until: '' })
    writes('& helo', '& wrld', '', '')
    expect(await reply).toEqual(['& helo', '& wrld'])
  })

  test('gets all lines up to a whole line that equals the string', async () => {
    const reply = questions.ask('x', { until: 'END' })
    writes('1', 'END of it', 'END', '')
    expect(await reply).toEqual(['1', 'END of it'])
  })

  test('gets all lines up to a prompt, which is no line; the next line begins after the prompt', async () => {
    const first = questions.ask('1', { until: '> ' })
    writes('one', '> ')
    expect(await first).toEqual(['one'])
    const second = questions.ask('2', { until: '> ' })
    writes('> two', '> ')
    expect(await second).toEqual(['two'])
    const third = questions.ask('3', {})
    writes('> three', '')
    expect(await third).toEqual(['three'])
  })

  test('does not take a prompt that was there before for its end', async () => {
    writes('> ')
    const reply = questions.ask('1', { until: '> ' })
    writes('> one', '> ')
    expect(await reply).toEqual(['one'])
  })

  test('gets the line that a RegExp or a function accepted as its last', async () => {
    const first = questions.ask('x', { until: /^(OK|ERR)/ })
    writes('1', 'ERR no', '')
    expect(await first).toEqual(['1', 'ERR no'])
    const second = questions.ask('x', { until: text => text.length > 3 })
    writes('1', 'long', '')
    expect(await second).toEqual(['1', 'long'])
  })

  test('may use a RegExp with the flag g or y again and again', async () => {
    const until = /ok/gy
    for (let count = 0; count < 3; count++) {
      const reply = questions.ask('x', { until })
      writes('ok', '')
      expect(await reply).toEqual(['ok'])
    }
  })

  test('rejects when its function throws, and the next one is sent', async () => {
    const failing = questions.ask('x', {
      until: () => {
        throw new Error('on purpose')
      },
    })
    const next = questions.ask('y', {})
    writes('1', '')
    await expect(failing).rejects.toThrow('on purpose')
    writes('2', '')
    expect(await next).toEqual(['2'])
  })

  test('rejects when the program takes no input', async () => {
    takes = false
    await expect(questions.ask('x', {})).rejects.toMatchObject({ code: 'STDIN_CLOSED' })
    expect(questions.busy).toBe(false)
  })

  test('rejects when its reply has no end', async () => {
    const reply = questions.ask('x', { until: 'END' })
    const line = 'x'.repeat(1024 * 1024)
    for (let count = 0; count < 70; count++) questions.line(line)
    await expect(reply).rejects.toMatchObject({ code: 'LINE_TOO_LONG' })
  })

  test.each([[{ until: 5 }], [{ timeout: -1 }], [{ timeout: 'x' }], [{ signal: {} }]])(
    'rejects with a TypeError for %o',
    async options => {
      await expect(async () => questions.ask('x', options as never)).rejects.toThrow(TypeError)
      expect(sent).toEqual([])
    },
  )
})

describe('lines that arrived together', () => {
  /** The program has written all this before it could see what is sent meanwhile. */
  function wroteTogether(...texts: string[]): void {
    questions.read(() => {
      const last = texts.pop() ?? ''
      unterminated = ''
      for (const text of texts) questions.line(text)
      unterminated = last
    })
  }

  test('with a reply do not answer the next question', async () => {
    const first = questions.ask('a', {})
    const second = questions.ask('b', {})
    wroteTogether('1', 'and more', '')
    expect(await first).toEqual(['1'])
    expect(sent).toEqual(['a', 'b'])
    wroteTogether('2', '')
    expect(await second).toEqual(['2'])
  })

  test('with a reply hold a prompt that does not end the next question', async () => {
    const first = questions.ask('a', {})
    const second = questions.ask('b', { until: '> ' })
    wroteTogether('1', 'and more', '> ')
    wroteTogether('> 2', '> ')
    expect([await first, await second]).toEqual([['1'], ['2']])
  })

  test('answer questions that were sent before, in their order', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const late = questions.ask('late', { timeout: 1 })
    const next = questions.ask('next', {})
    vi.advanceTimersByTime(1)
    vi.useRealTimers()
    await expect(late).rejects.toMatchObject({ code: 'TIMEOUT' })
    wroteTogether('to late', 'to next', '')
    expect(await next).toEqual(['to next'])
  })

  test('are seen by a wait that begins among them', async () => {
    let banner: Promise<string[]> | undefined
    questions.read(() => {
      questions.line('0')
      banner = questions.until('ready', {})
      questions.line('1')
      questions.line('ready')
    })
    expect(await banner).toEqual(['1'])
  })
})

test('a hundred thousand questions are asked in linear time', async () => {
  const replies = Array.from({ length: 100_000 }, (_, index) => questions.ask(index, {}))
  for (let index = 0; index < 100_000; index++) questions.line(String(index))
  expect((await Promise.all(replies)).at(-1)).toEqual(['99999'])
})

test('forty thousand questions are aborted at once, or refused, in linear time', async () => {
  const stop = new AbortController()
  const reply = questions.ask('before', {})
  const codes = Array.from({ length: 40_000 }, (_, index) =>
    codeOf(questions.ask(index, { signal: stop.signal })),
  )
  const after = questions.ask('after', {})
  expect(getEventListeners(stop.signal, 'abort')).toHaveLength(1)
  stop.abort()
  expect(new Set(await Promise.all(codes))).toEqual(new Set(['ABORTED']))
  expect([questions.busy, questions.asking, sent]).toEqual([true, true, ['before']])
  questions.line('1')
  expect([await reply, sent]).toEqual([['1'], ['before', 'after']])
  questions.line('2')
  expect([await after, questions.busy]).toEqual([['2'], false])
  takes = false
  const refused = Array.from({ length: 40_000 }, (_, index) => codeOf(questions.ask(index, {})))
  expect(new Set(await Promise.all(refused))).toEqual(new Set(['STDIN_CLOSED']))
  expect(questions.busy).toBe(false)
}, 60_000)

test('all questions end, and what is waited for without one goes on', async () => {
  const codes = ['a', 'b'].map(text => codeOf(questions.ask(text, {})))
  const ready = questions.until('ready', {})
  const behind = codeOf(questions.ask('c', {}))
  questions.endQuestions(() => new Failure('STDIN_CLOSED', ''))
  expect(await Promise.all([...codes, behind])).toEqual(['STDIN_CLOSED', 'STDIN_CLOSED', 'STDIN_CLOSED'])
  questions.line('ready')
  expect([await ready, questions.busy]).toEqual([[], false])
})

describe('a wait without a question', () => {
  test('looks at the unterminated text that is already there', async () => {
    unterminated = 'login: '
    expect(await questions.until('login: ', {})).toEqual([])
  })

  test('gets the lines before what it waits for', async () => {
    const banner = questions.until(/ready/, {})
    writes('loading', 'ready on port 80', '')
    expect(await banner).toEqual(['loading', 'ready on port 80'])
  })
})

describe('a reply that comes too late', () => {
  async function timedOut(until?: string): Promise<void> {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const late = questions.ask('late', { timeout: 100, until })
    vi.advanceTimersByTime(100)
    vi.useRealTimers()
    const error = await late.catch((reason: unknown) => reason as WorkerError)
    expect(error).toBeInstanceOf(Failure)
    expect(error).toMatchObject({ code: 'TIMEOUT' })
    expect((error as WorkerError).message).toMatch("No reply to 'late' within 100 ms")
  }

  test('goes to no later question', async () => {
    await timedOut()
    const next = questions.ask('next', {})
    expect(sent).toEqual(['late', 'next'])
    writes('to late', 'to next', '')
    expect(await next).toEqual(['to next'])
  })

  test('of several lines goes to no later question', async () => {
    await timedOut('')
    const next = questions.ask('next', { until: '' })
    writes('to late', 'to late', '', 'to next', '', '')
    expect(await next).toEqual(['to next'])
  })

  test('goes to the next question after resync()', async () => {
    await timedOut()
    questions.resync()
    const next = questions.ask('next', {})
    writes('to next', '')
    expect(await next).toEqual(['to next'])
  })

  test('resync() while the next question waits gives it the next line', async () => {
    await timedOut()
    const next = questions.ask('next', {})
    questions.resync()
    writes('to next', '')
    expect(await next).toEqual(['to next'])
  })

  test('the time runs from the sending', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const first = questions.ask('first', {})
    const second = questions.ask('second', { timeout: 100 })
    vi.advanceTimersByTime(1000)
    writes('1', '')
    vi.advanceTimersByTime(99)
    writes('2', '')
    expect(await Promise.all([first, second])).toEqual([['1'], ['2']])
    expect(vi.getTimerCount()).toBe(0)
  })

  test('a wait that sent nothing leaves no place', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const banner = questions.until('ready', { timeout: 100 })
    vi.advanceTimersByTime(100)
    await expect(banner).rejects.toThrow('The text that was waited for did not arrive within 100 ms')
    const next = questions.ask('next', {})
    writes('to next', '')
    expect(await next).toEqual(['to next'])
  })
})

describe('an aborted question', () => {
  test('rejects, and its place stays when it was sent', async () => {
    const abort = new AbortController()
    const first = questions.ask('first', { signal: abort.signal })
    const second = questions.ask('second', {})
    abort.abort(new Error('enough'))
    await expect(first).rejects.toMatchObject({ code: 'ABORTED', cause: new Error('enough') })
    writes('1', '2', '')
    expect(await second).toEqual(['2'])
  })

  test('is not sent when it was not its turn', async () => {
    const abort = new AbortController()
    const first = questions.ask('first', {})
    const second = questions.ask('second', { signal: abort.signal })
    const third = questions.ask('third', {})
    abort.abort()
    await expect(second).rejects.toMatchObject({ code: 'ABORTED' })
    writes('1', '3', '')
    expect(await Promise.all([first, third])).toEqual([['1'], ['3']])
    expect(sent).toEqual(['first', 'third'])
    await expect(questions.ask('x', { signal: abort.signal })).rejects.toMatchObject({ code: 'ABORTED' })
  })
})

describe('the end of the program', () => {
  test('rejects all that wait, and leaves no timer', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const waiting = [questions.ask('a', { timeout: 100 }), questions.ask('b', {}), questions.until('c', {})]
    const end = new Failure('WORKER_EXITED', 'gone')
    questions.end(() => end)
    expect(vi.getTimerCount()).toBe(0)
    for (const wait of waiting) await expect(wait).rejects.toBe(end)
    expect(questions.busy).toBe(false)
    expect(questions.listening).toBe(false)
  })
})
