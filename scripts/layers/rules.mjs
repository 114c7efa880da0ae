// @ts-check
// The configuration as rules of dependency-cruiser.
import { lowerFolders } from './order.mjs'

/** @import { IForbiddenRuleType } from 'dependency-cruiser' */
/** @import { Guard, Order } from '../../layers.config.mjs' */

/** Tests stand beside what they test, and may reach for anything. */
const tests = String.raw`\.test(-d)?\.ts$`

/**
 * @param {{ layers: Readonly<Record<string, Order>>, guarded: Readonly<Record<string, Guard>> }} configuration
 * @returns {(IForbiddenRuleType & { name: string, comment: string })[]}
 */
export function rules({ layers, guarded }) {
  return [
    ...Object.entries(layers).flatMap(([name, order]) => [
      ...folderRules(name, order),
      ...packageRules(name),
    ]),
    ...Object.entries(guarded).flatMap(([module, guard]) => guardRules(module, guard)),
  ]
}

/** @param {string} name a package's folder @param {Order} order */
function folderRules(name, order) {
  const source = `packages/${name}/src`
  /** The files of a folder, not those in folders below it. @param {string} folder */
  const filesOf = folder => `^${folder === '.' ? source : `${source}/${folder}`}/[^/]+$`
  return [...lowerFolders(order)].map(([folder, lower]) => ({
    ...rule(`order of ${name}/${folder}`, `layers.config.mjs does not have this below ${folder}`),
    from: { path: filesOf(folder), pathNot: tests },
    to: { path: `^${source}/`, pathNot: [folder, ...lower].map(filesOf) },
  }))
}

/** @param {string} name a package's folder */
function packageRules(name) {
  const source = `^packages/${name}/src/`
  return [
    {
      ...rule(`files of another package in ${name}`, 'packages know each other by name, as they are built'),
      from: { path: source },
      to: { path: '^packages/[^/]+/(src|test)/', pathNot: `^packages/${name}/` },
    },
    {
      ...rule(`tests in the sources of ${name}`, 'what is shipped imports no test'),
      from: { path: source, pathNot: tests },
      to: { path: [tests, `^packages/${name}/test/`] },
    },
  ]
}

/** @param {string} module @param {Guard} guard */
function guardRules(module, { why, values, types }) {
  const path = `(^|node_modules/)${module}(/|$)`
  /** @param {readonly string[]} allowed files, or folders with all below them */
  const from = allowed => ({
    path: '^packages/[^/]+/src/',
    pathNot: [tests, ...allowed.map(each => `^packages/${each}${each.endsWith('/') ? '' : '$'}`)],
  })
  const only = [/** @type {const} */ ('type-only')]
  return [
    { ...rule(`code of ${module}`, why), from: from(values), to: { path, dependencyTypesNot: only } },
    {
      ...rule(`types of ${module}`, why),
      from: from([...values, ...types]),
      to: { path, dependencyTypes: only },
    },
  ]
}

/** @param {string} name @param {string} comment */
const rule = (name, comment) => ({ name, comment, severity: /** @type {const} */ ('error') })
