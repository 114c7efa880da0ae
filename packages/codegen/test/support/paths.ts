import path from 'node:path'

/** The root of the repository. */
export const repository = path.resolve(import.meta.dirname, '..', '..', '..', '..')

/** A file or folder of this package. */
export const inPackage = (...parts: string[]): string =>
  path.join(repository, 'packages', 'codegen', ...parts)

/** A file or folder of its tests: cases, golden files, data, the programs of a language. */
export const inTests = (...parts: string[]): string => inPackage('test', ...parts)
