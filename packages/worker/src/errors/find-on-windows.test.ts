import { expect, test } from 'vitest'
import { findOnWindows } from './find-on-windows.js'

const files = new Set([
  'C:\\work\\tool.cmd',
  'C:\\work\\bin\\deep.exe',
  'C:\\one\\node.exe',
  'C:\\two\\node.exe',
  'C:\\two\\npm.CMD',
  'C:\\two\\npm',
  'C:\\two\\script',
  'C:\\with; in it\\odd.exe',
  'C:\\two\\page.ps1',
])
const isFile = (file: string): boolean =>
  files.has(file) || [...files].some(one => one.toLowerCase() === file.toLowerCase())
const find = (name: string, env: Record<string, string> = {}): string | undefined =>
  findOnWindows(name, {
    cwd: 'C:\\work',
    env: { Path: 'C:\\one;"C:\\with; in it";;C:\\two', ...env },
    isFile,
  })?.toLowerCase()

test.each([
  ['node', 'c:\\one\\node.exe'],
  ['node.exe', 'c:\\one\\node.exe'],
  ['npm', 'c:\\two\\npm.cmd'],
  ['script', 'c:\\two\\script'],
  ['tool', 'c:\\work\\tool.cmd'],
  ['bin\\deep', 'c:\\work\\bin\\deep.exe'],
  ['./bin/deep.exe', 'c:\\work\\bin\\deep.exe'],
  ['C:\\two\\node', 'c:\\two\\node.exe'],
  ['odd', 'c:\\with; in it\\odd.exe'],
])('%s is %s', (name, file) => {
  expect(find(name)).toBe(file)
})

test.each(['none', 'page', 'bin\\none', 'C:\\none\\node'])('%s is not there', name => {
  expect(find(name)).toBeUndefined()
})

test('PATHEXT says which endings there are, however it is spelt', () => {
  expect(find('page', { PathExt: '.PS1;.EXE' })).toBe('c:\\two\\page.ps1')
  expect(find('npm', { PathExt: '.EXE' })).toBe('c:\\two\\npm')
})
