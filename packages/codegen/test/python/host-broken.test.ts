// A host in Python whose child can no longer be called, but does not say so.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { python } from '../support/toolchains.js'
import { HostPrograms, matching } from './host-programs.js'

let programs: HostPrograms
beforeAll(() => {
  programs = new HostPrograms('host_broken.py')
})
afterAll(() => programs.remove())

describe
  .skipIf(python === undefined || process.platform !== 'linux')
  .concurrent.each(['threads', 'coroutines'])('a host in Python for %s', form => {
  const told = (scenario: string): Promise<unknown> => programs.told('host_broken.py', form, scenario)
  /** The errors of a call that was made before it was known, and of a later one. */
  const exited = (why: string, ...lines: unknown[]): unknown[] =>
    ['not answered', 'not sent'].map(state => [
      'WORKER_EXITED',
      [matching(new RegExp(`^echo was ${state}: ${why}`)), ...lines, 'in flight: echo'],
      null,
    ])

  it.each(['deaf', 'deaf_unverified'])('tells calls of a child that never reads: %s', async scenario => {
    expect(await told(scenario)).toEqual([
      ...exited('it closed its stdin but is still running: sh .* has been running for '),
      [],
    ])
  })

  it.each([
    ['silent', 'it was not sent, because the other side has not said which contract it has'],
    ['silent_unverified', 'it was cancelled'],
  ])('says of a call that is too late whether it was sent: %s', async (scenario, end) => {
    const why = `^echo was not answered within its timeout of 0\\.2 s; ${end}; it has answered nothing yet: sleep 600 has been running for `
    const late = ['TIMEOUT', [matching(new RegExp(why)), 'in flight: echo'], null]
    expect(await told(scenario)).toEqual([late, late, []])
  })

  it.each([
    [
      'headers',
      'hint: it sends its messages after headers (Content-Length), as language servers do; this host speaks lines',
    ],
    [
      'colours',
      'hint: its messages are wrapped in colour codes: turn them off, often with NO_COLOR=1 in env',
    ],
    ['several', 'hint: its messages are spread over several lines: each must be on a line of its own'],
    ['no_version', 'hint: it answers without "jsonrpc":"2.0", which makes its answers plain lines'],
    ['plain', undefined],
  ])('says of a call that is too late what was written instead of its answer: %s', async (scenario, hint) => {
    const [first, second, written] = (await told(scenario)) as [unknown, unknown, string[]]
    const shown = written.map(line => `  | ${line.replaceAll('\u001b', String.raw`\x1b`)}`)
    const hints = hint === undefined ? [] : [hint]
    const late = [
      'TIMEOUT',
      [
        matching(/; it has answered nothing yet: sh /),
        'last lines of stdout:',
        ...shown,
        ...hints,
        'in flight: echo',
      ],
      null,
    ]
    expect([first, second]).toEqual([late, late])
  })

  it('tells calls of a child that closes its stdin while it runs', async () => {
    expect(await told('closes')).toEqual([3, ...exited('it closed its stdin but is still running: '), []])
  })

  it.each([
    ['cut', /^ {2}\| \{"jsonrpc":"2\.0","id":\d+,"result":"half of$/],
    ['short', /^ {2}\| \{"json$/],
  ])(
    'takes what a child wrote when it was killed for its last words, not for an answer: %s',
    async (scenario, words) => {
      const hint = matching(/^hint: killed from outside/)
      const report = exited('.* was ended by SIGKILL', 'last lines of stdout:', matching(words), hint)
      expect(await told(scenario)).toEqual([...report, []])
    },
  )

  it('fails its calls when what the child writes cannot be read', async () => {
    const run = programs.start('host_broken.py', form, 'memory')
    const failed = (state: string): unknown => [
      'UNREADABLE_MESSAGE',
      [`echo was ${state}: reading the program's output failed: MemoryError`],
      'MemoryError',
    ]
    expect(await run.next()).toEqual([failed('not answered'), failed('not sent'), []])
    expect(run.stderr).toContain('simple-ipc: the reading of what the program writes failed:\n')
  })
})
