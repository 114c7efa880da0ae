import { existsSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { createJiti } from 'jiti'

/** `@scope/name`, `name`, each perhaps with a path inside it. */
const packageName = /^(?:@[a-z0-9~-][\w.~-]*\/)?[a-z0-9~-][\w.~-]*(?:\/.*)?$/i

/** Whether a text may be the name of a package on a registry: aliases such as `~/x` and `@/x` are not. */
export const isPackageName = (text: string): boolean => packageName.test(text) && !text.startsWith('~')

/**
 * The file of a contract by its address: a path, seen from `folder`, or, where no such file is there, the name of a
 * package, resolved as an import in that folder is. An address that is neither is returned as the path that it would be.
 */
export function fileOfContract(address: string, folder = '.'): string {
  const file = path.join(folder, address)
  if (address === '-' || existsSync(path.resolve(folder, address)) || !isPackageName(address))
    return address === '-' || path.isAbsolute(address) ? address : file
  return inPackage(address, folder) ?? file
}

/** Whether an address is that of a package. */
export const isPackageAddress = (address: string, folder = '.'): boolean =>
  !existsSync(path.resolve(folder, address)) &&
  isPackageName(address) &&
  inPackage(address, folder) !== undefined

function inPackage(name: string, folder: string): string | undefined {
  const from = pathToFileURL(path.resolve(folder, 'x.ts')).href
  const url = createJiti(from, { fsCache: false }).esmResolve(name, {
    try: true,
    conditions: ['node', 'import'],
  })
  return url?.startsWith('file:') === true ? path.relative('', fileURLToPath(url)) : undefined
}
