// @ts-check
// dependency-cruiser names one circle for an import; behind a circle of types, which does no harm, it may keep silent about one
// of code. So circles are looked for here, in what it read.

/** @import { IModule } from 'dependency-cruiser' */

/**
 * The shortest circle through each file that is in one, each circle once; imports of types alone do not count.
 * @param {readonly IModule[]} modules
 * @returns {string[][]}
 */
export function circlesAtRunTime(modules) {
  const imports = new Map(
    modules.map(({ source, dependencies }) => [
      source,
      dependencies.filter(each => !each.dependencyTypes.includes('type-only')).map(each => each.resolved),
    ]),
  )
  /** @type {Map<string, string[]>} */
  const circles = new Map()
  for (const file of [...imports.keys()].sort()) {
    const way = wayBack(file, imports)
    const members = [...new Set(way)].sort().join(' ')
    if (way !== undefined && !circles.has(members)) circles.set(members, way)
  }
  return [...circles.values()]
}

/**
 * The shortest way from a file over its imports to itself.
 * @param {string} file @param {ReadonlyMap<string, readonly string[]>} imports
 */
function wayBack(file, imports) {
  /** @type {Map<string, string>} */
  const cameFrom = new Map()
  const next = [file]
  for (const here of next) {
    for (const there of imports.get(here) ?? []) {
      if (cameFrom.has(there)) continue
      cameFrom.set(there, here)
      if (there !== file) next.push(there)
      else return [...wayFrom(file, here, cameFrom), file]
    }
  }
  return undefined
}

/** @param {string} file @param {string} last @param {ReadonlyMap<string, string>} cameFrom */
function wayFrom(file, last, cameFrom) {
  const way = [last]
  for (let at = last; at !== file;) way.unshift((at = cameFrom.get(at) ?? file))
  return way
}
