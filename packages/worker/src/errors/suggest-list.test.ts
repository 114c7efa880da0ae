import { expect, test } from 'vitest'
import { parseCommand, wasString, type Command } from '../process/command.js'
import { suggestList } from './suggest-list.js'

const listOf = (given: Command): string | undefined => {
  const command = parseCommand(parseCommand(given))
  const exists = (program: string): boolean => program === '/my path/to it/run'
  return suggestList({ command, fromString: wasString(command) }, exists)?.split('; pass the list ')[1]
}

test.each([
  ['python3 "child.py"', '["python3", "child.py"]'],
  [`python3 'my child.py' -x "a b"`, '["python3", "my child.py", "-x", "a b"]'],
  ['"/my path/run" x', '["/my path/run", "x"]'],
  [String.raw`/my\ path/run x`, '["/my path/run", "x"]'],
  ['/my path/to it/run x y', '["/my path/to it/run", "x", "y"]'],
])('%s was meant to be %s', (command, list) => {
  expect(listOf(command)).toBe(list)
})

test.each<[Command]>([['python3 child.py'], ["grep it's"], [['grep', '"a"']], [['/my path/to it/none']]])(
  '%j was meant as it is',
  command => {
    expect(listOf(command)).toBeUndefined()
  },
)
