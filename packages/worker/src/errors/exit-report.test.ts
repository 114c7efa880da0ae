import { expect, test } from 'vitest'
import { commandText, formatExitReport } from './exit-report.js'
import { WorkerError, type ExitReport } from './worker-error.js'

const report: ExitReport = {
  command: ['python3', '-c', "print('x')"],
  code: 1,
  signal: null,
  uptime: 1234.5,
  stderr: ['Traceback', '\u001b[31mred', '\tmain.go:13'],
  lines: ['loading'],
  hint: 'look there',
}

test('a report says how the program ended, its last lines and a hint, safe to print', () => {
  expect(formatExitReport(report)).toBe(
    String.raw`python3 -c 'print('\''x'\'')' exited with code 1 after 1.2 s
last lines of stderr:
  | Traceback
  | \x1b[31mred
  |     main.go:13
last lines of stdout:
  | loading
hint: look there`,
  )
})

test.each([
  [{ code: 1, signal: null, uptime: 5 }, 'cat exited with code 1 after 5 ms'],
  [{ code: null, signal: 'SIGKILL', uptime: 5 }, 'cat was ended by SIGKILL after 5 ms'],
  [{ code: null, signal: null, uptime: 5000 }, 'cat has been running for 5.0 s'],
  [
    { code: null, signal: null, uptime: 0, error: new WorkerError('START_FAILED', 'why') },
    'cat could not be started: why',
  ],
] as const)('%o reads well', (exit, expected) => {
  expect(formatExitReport({ command: ['cat'], stderr: [], lines: [], ...exit })).toBe(expected)
})

test('a command is shown as one would type it', () => {
  expect(commandText(['a', 'b c', '', '--x=1', '\n'])).toBe(String.raw`a 'b c' '' --x=1 '\x0a'`)
})
