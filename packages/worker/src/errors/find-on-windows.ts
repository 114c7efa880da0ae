import path from 'node:path'

/** Where Windows looks for a program. */
export interface WindowsSearch {
  /** The working directory of the program to start, absolute. */
  cwd: string
  env: Readonly<Record<string, string>>
  /** Whether there is such a file. */
  isFile: (file: string) => boolean
}

const { win32 } = path
const defaultExtensions = '.COM;.EXE;.BAT;.CMD'

/**
 * The file that a name means on Windows: in the working directory, then in each folder of PATH, with each ending of PATHEXT
 * unless it has one of them, and at last as it is, for a script with a `#!` line. Undefined if there is none.
 */
export function findOnWindows(name: string, { cwd, env, isFile }: WindowsSearch): string | undefined {
  const endings = (variable(env, 'PATHEXT') ?? defaultExtensions).split(';').filter(ending => ending !== '')
  const hasEnding = endings.some(ending => name.toLowerCase().endsWith(ending.toLowerCase()))
  const names = hasEnding ? [name] : [...endings.map(ending => name + ending), name]
  const folders = /[/\\]/.test(name) ? [''] : ['', ...folderList(variable(env, 'PATH') ?? '')]
  for (const folder of folders)
    for (const one of names) {
      const file = win32.resolve(cwd, folder, one)
      if (isFile(file)) return file
    }
  return undefined
}

/** A folder that has a semicolon in it is in quotes. */
const folderList = (list: string): string[] =>
  Array.from(list.matchAll(/"([^"]*)"|([^;]+)/g), ([, quoted, plain]) => quoted ?? plain ?? '').filter(
    folder => folder !== '',
  )

/** Windows does not distinguish `Path` and `PATH`. */
const variable = (env: Readonly<Record<string, string>>, name: string): string | undefined =>
  Object.entries(env).find(([key]) => key.toUpperCase() === name)?.[1]
