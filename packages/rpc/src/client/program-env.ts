/** Variables by name; undefined removes one. For the option `env` of a client. */
export type Variables = Record<string, string | undefined>

/**
 * The environment for a program in Python: this program's own, with settings by which Python writes its output at once
 * and in UTF-8, whatever the locale. For programs that print: without it a line stays in Python's buffer until that is full.
 *
 * @param more variables of your own; undefined removes one
 */
export const pythonEnv = (more: Variables = {}): Variables =>
  inherit({ PYTHONUNBUFFERED: '1', PYTHONUTF8: '1', ...more })

/**
 * The environment for a child that is started with `process.execPath`: this program's own, with a setting by which
 * Electron, whose `process.execPath` is the app itself, behaves as Node. Node ignores it.
 *
 * @param more variables of your own; undefined removes one
 */
export const nodeEnv = (more: Variables = {}): Variables => inherit({ ELECTRON_RUN_AS_NODE: '1', ...more })

function inherit(more: Variables): Variables {
  // Windows does not distinguish `Path` from `PATH`.
  const spelt = (name: string): string => (process.platform === 'win32' ? name.toUpperCase() : name)
  const replaced = new Set(Object.keys(more).map(spelt))
  const kept = Object.entries(process.env).filter(([name]) => !replaced.has(spelt(name)))
  return { ...Object.fromEntries(kept), ...more }
}
