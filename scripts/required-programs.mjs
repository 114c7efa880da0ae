// @ts-check
// The one list of programs that tests and examples drive. A test asks `has('bc')`; what is absent is named at the
// end of the run and fails it when CI=true; `.ci/run` installs the Debian packages of what is absent.
import { accessSync, constants, statSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** Program on PATH → the Debian package that holds it. */
export const programs = /** @type {const} */ ({
  python3: 'python3',
  go: 'golang-go',
  gcc: 'gcc',
  cat: 'coreutils',
  tr: 'coreutils',
  stdbuf: 'coreutils',
  bash: 'bash',
  setsid: 'util-linux',
  sed: 'sed',
  bc: 'bc',
  jq: 'jq',
  sqlite3: 'sqlite3',
  hunspell: 'hunspell',
})

/** @typedef {keyof typeof programs} ProgramName */

/** The absolute path of a program on PATH, or undefined. @param {string} name */
export function find(name) {
  const extensions =
    process.platform === 'win32' ? (process.env['PATHEXT'] ?? '.EXE;.CMD;.BAT').split(';') : ['']
  for (const folder of (process.env['PATH'] ?? '').split(path.delimiter)) {
    for (const extension of extensions) {
      const file = path.join(folder, name + extension)
      try {
        accessSync(file, constants.X_OK)
        if (statSync(file).isFile()) return file
      } catch {
        // not here: look in the next folder
      }
    }
  }
  return undefined
}

/** Whether a program that tests drive is on this machine. @param {ProgramName} name */
export function has(name) {
  return find(name) !== undefined
}

/** The listed programs that are absent. @returns {ProgramName[]} */
export function absent() {
  return /** @type {ProgramName[]} */ (Object.keys(programs)).filter(name => !has(name))
}

// `node scripts/required-programs.mjs --debian`: the Debian packages to install, on one line.
if (process.argv[1] === fileURLToPath(import.meta.url) && process.argv.includes('--debian')) {
  console.log([...new Set(absent().map(name => programs[name]))].join(' '))
}
