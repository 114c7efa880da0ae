import { existsSync, statSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { createJiti } from 'jiti'
import { CodegenError } from './codegen-error.js'
import { isPackageName } from './contract-address.js'

export type Exports = Readonly<Record<string, unknown>>

/**
 * What a module exports, TypeScript or JavaScript, without a build. Throws a CodegenError that names the file, and the
 * line where there is one. `what` says what the file is for.
 */
export async function loadModule(file: string, what: string): Promise<Exports> {
  const full = requireFile(file, what)
  return exportsOf(file, () => loader(full).import<Exports>(full))
}

/** The same for a module that comes as text; it is read as if it lay at `place`, from which it imports. */
export async function loadText(text: string, place: string, shown: string): Promise<Exports> {
  const full = path.resolve(place)
  const options = { filename: full, id: full, ext: path.extname(full), async: true }
  return exportsOf(shown, () => loader(full).evalModule(text, options) as Promise<unknown>)
}

/** What may be loaded. */
export interface LoadOptions {
  /** Modules are refused: their code would run. */
  onlyJson?: boolean | undefined
}

/** Throws where a module is not to be loaded. */
export function refuseModule(shown: string, options: LoadOptions): void {
  if (options.onlyJson === true)
    throw new CodegenError(
      `${shown} is a module, whose code would run; with --only-json it must be JSON, of a contract as \`simple-ipc openrpc\` writes it`,
    )
}

/** The file's whole path; throws if there is no such file. */
export function requireFile(file: string, what: string): string {
  if (file === '') throw new CodegenError(`The name of the file ${what} is empty`)
  const full = path.resolve(file)
  if (!existsSync(full))
    throw new CodegenError(
      `There is no file ${file} (looked for ${full})${isPackageName(file) && !path.extname(file) ? `, and no package '${file}' can be imported from here` : ''}`,
    )
  if (statSync(full).isDirectory()) throw new CodegenError(`${file} is a folder; name the file ${what}`)
  return full
}

/** The members of a module; nothing else counts as one. */
async function exportsOf(shown: string, load: () => Promise<unknown>): Promise<Exports> {
  try {
    const exported = await contained(shown, load)
    return typeof exported === 'object' && exported !== null ? (exported as Exports) : {}
  } catch (error) {
    throw new CodegenError(`${shown} cannot be loaded: ${explain(error)}`)
  }
}

/** Imports as TypeScript resolves them: by `paths` and `baseUrl` of the nearest tsconfig.json, with what it extends. */
function loader(full: string): ReturnType<typeof createJiti> {
  const options = { interopDefault: false, moduleCache: false, fsCache: false }
  try {
    return createJiti(pathToFileURL(full).href, { ...options, tsconfigPaths: true })
  } catch {
    // What it extends may not be installed here; most contracts need nothing of it.
    return createJiti(pathToFileURL(full).href, options)
  }
}

/** Runs a user's module: what it prints is not our output, and if it ends the process, that is a failure. */
async function contained<T>(shown: string, act: () => Promise<T>): Promise<T> {
  const write = process.stdout.write.bind(process.stdout)
  const onExit = (): void => {
    process.stderr.write(
      `${shown} cannot be loaded: it calls process.exit; such a module should only define the contract\n`,
    )
    process.exitCode = 2
  }
  process.stdout.write = process.stderr.write.bind(process.stderr)
  process.once('exit', onExit)
  try {
    return await act()
  } finally {
    process.stdout.write = write
    process.off('exit', onExit)
  }
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return `it throws ${String(error)}`
  const [first = '', ...more] = error.message.split('\n')
  const syntax = /^ParseError: (.*?)\s*$/.exec(first)
  if (syntax !== null) return `${syntax[1] ?? ''}, at ${(more[0] ?? '').trim()}`
  const missing = /Cannot find (?:module|package) '([^']+)'/.exec(error.message)
  if (missing !== null) return notFound(missing[1] ?? '', first)
  return `${error.message}${placeOf(error)}`
}

function notFound(name: string, message: string): string {
  if (/^[./\\]|^[a-z]:|^file:/i.test(name)) return message
  if (name.startsWith('#'))
    return `${message}\nSuch a name must be in imports of the package.json that is nearest to the contract`
  const alias = `${name.startsWith('@') ? '@' : ''}${/^@?([^/]*)/.exec(name)?.[1] ?? ''}/*`
  if (!isPackageName(name))
    return `${message}\nThis is not the name of a package. If it is an alias, define '${alias}' in paths of the tsconfig.json that is nearest to the contract`
  const [scope = '', rest] = name.split('/')
  return scope.startsWith('@') && rest !== undefined
    ? `${message}\nInstall it next to the contract: npm install ${scope}/${rest}; or, if it is an alias, define '${alias}' in paths of tsconfig.json`
    : `${message}\nInstall it next to the contract: npm install ${scope}`
}

/** Where a failure came from, if it was in a user's file; a contract's own faults name their paths themselves. */
function placeOf({ name, stack = '' }: Error): string {
  if (name === 'ContractError') return ''
  const own = fileURLToPath(new URL('.', import.meta.url))
  const frame = stack
    .split('\n')
    .find(line => line.startsWith('    at ') && !/node_modules|node:/.test(line) && !line.includes(own))
  const place = frame === undefined ? null : /\(?((?:file:|[a-z]:|\/)[^()]*:\d+:\d+)\)?$/i.exec(frame)
  return place === null ? '' : `, at ${place[1] ?? ''}`
}
