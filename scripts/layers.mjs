// @ts-check
// `npm run layers`: no import breaks the order of folders in layers.config.mjs, and no files import each other in a circle.
// dependency-cruiser reads the imports and holds the rules that are made of the configuration here.
import { cruise } from 'dependency-cruiser'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { guarded, layers, templates } from '../layers.config.mjs'
import { circlesAtRunTime } from './layers/circles.mjs'
import { lowerFolders } from './layers/order.mjs'
import { rules } from './layers/rules.mjs'

/** @import { IModule } from 'dependency-cruiser' */

/**
 * What is wrong in the packages below a folder, a line or two each.
 * @param {string} root
 */
export async function layerFaults(root) {
  const forbidden = rules({ layers, guarded })
  const { output } = await cruise(
    Object.keys(layers).map(name => `packages/${name}/src`),
    {
      baseDir: root,
      validate: true,
      ruleSet: { forbidden },
      doNotFollow: { path: ['node_modules', '/dist/'] },
      exclude: { path: templates.map(folder => `^packages/${folder}`) },
      tsPreCompilationDeps: true,
    },
    { exportsFields: ['exports'], conditionNames: ['types', 'import', 'node', 'default'] },
  )
  if (typeof output === 'string') throw new Error(output)
  const why = new Map(forbidden.map(({ name, comment }) => [name, comment]))
  return [
    ...Object.entries(layers).flatMap(([name, order]) =>
      folderFaults(`packages/${name}/src`, [...lowerFolders(order).keys()], output.modules),
    ),
    ...output.summary.violations.map(
      ({ from, to, rule }) => `${from} imports ${to}\n  ${rule.name}: ${why.get(rule.name) ?? ''}`,
    ),
    ...circlesAtRunTime(output.modules).map(files => `a circle of imports: ${files.join(' → ')}`),
  ]
}

/**
 * Folders that are in the sources or in the order, but not in both.
 * @param {string} source @param {readonly string[]} listed @param {readonly IModule[]} modules
 */
function folderFaults(source, listed, modules) {
  const found = new Set(
    modules
      .filter(module => module.source.startsWith(`${source}/`))
      .map(module => path.posix.dirname(path.posix.relative(source, module.source))),
  )
  return [
    ...[...found]
      .filter(folder => !listed.includes(folder))
      .map(folder => `${source}/${folder} has no place in layers.config.mjs`),
    ...listed
      .filter(folder => !found.has(folder))
      .map(folder => `layers.config.mjs names ${source}/${folder}, which has no files`),
  ]
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const faults = await layerFaults(path.dirname(path.dirname(fileURLToPath(import.meta.url))))
  for (const fault of faults) console.error(fault)
  if (faults.length > 0) process.exitCode = 1
}
