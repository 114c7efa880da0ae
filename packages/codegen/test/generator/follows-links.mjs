// Preloaded with --import: `readdirSync` with `recursive` goes through links to folders, as it does since Node 22.
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import path from 'node:path'

const readdir = fs.readdirSync
const isFolder = name => fs.statSync(name, { throwIfNoEntry: false })?.isDirectory() === true

fs.readdirSync = (folder, options) => {
  if (options?.recursive !== true || options.withFileTypes !== true) return readdir(folder, options)
  return readdir(folder, { withFileTypes: true }).flatMap(entry => {
    const name = path.join(entry.parentPath, entry.name)
    return isFolder(name) ? [entry, ...fs.readdirSync(name, options)] : [entry]
  })
}
syncBuiltinESMExports()
