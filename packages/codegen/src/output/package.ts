import { existsSync, readFileSync } from 'node:fs'

/** This package's folder: the same one for the sources and for the bundle that is made of them. */
const packageFolder = above(new URL('./', import.meta.url))

/** This package's version, which generated code carries. */
export const version = (
  JSON.parse(readFileSync(new URL('package.json', packageFolder), 'utf8')) as { version: string }
).version

/** A file or folder that is shipped as it is: a runtime, a skeleton, the starter. `path` is that below `src`. */
export const shipped = (path: string): URL => new URL(`src/${path}`, packageFolder)

/** The nearest folder, from this one upwards, that has a package.json. */
function above(folder: URL): URL {
  if (existsSync(new URL('package.json', folder))) return folder
  const parent = new URL('../', folder)
  if (parent.href === folder.href) throw new Error(`There is no package.json above ${import.meta.url}`)
  return above(parent)
}
