import type { Environment } from './program-options.js'

/** What a program needs to find others, its user's home, its language and its temporary folder, on every system. */
const minimal = [
  'PATH', 'HOME', 'USER', 'LOGNAME', 'SHELL', 'LANG', 'LANGUAGE', 'TZ', 'TERM', 'TMPDIR',
  'SystemRoot', 'SystemDrive', 'ComSpec', 'PATHEXT', 'TEMP', 'TMP', 'USERPROFILE', 'USERNAME', 'APPDATA', 'LOCALAPPDATA', 'ProgramFiles', 'ProgramData',
] // prettier-ignore

/** The variables that a program gets. */
export function environmentOf(
  policy: Environment | undefined,
  host: NodeJS.ProcessEnv = process.env,
): Record<string, string> {
  if (typeof policy === 'object') return defined(policy)
  if (policy !== 'minimal') return defined(host)
  // Windows does not distinguish `Path` and `PATH`.
  const wanted = new Set(minimal.map(name => name.toUpperCase()))
  return defined(
    Object.fromEntries(
      Object.entries(host).filter(([name]) => wanted.has(name.toUpperCase()) || name.startsWith('LC_')),
    ),
  )
}

function defined(variables: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}
