import { fileURLToPath } from 'node:url'

/** The command of a little program in `fixtures`, named after what it does. */
export function fixture(name: string, ...args: string[]): [string, ...string[]] {
  return [process.execPath, fileURLToPath(new URL(`fixtures/${name}.mjs`, import.meta.url)), ...args]
}
