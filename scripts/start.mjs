// @ts-check
// `npm start [-- file.csv]`: the main job on a real file. Installs and builds what is missing, then runs the example.
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { prepare, root } from './prepare.mjs'

prepare()
const example = path.join(root, 'examples', '02-profile-csv', 'host.ts')
// npm runs scripts in the project's folder; a file name on the command line is meant from where the user stands.
const cwd = process.env['INIT_CWD'] ?? process.cwd()
const tsx = import.meta.resolve('tsx')
const { status, signal } = spawnSync(process.execPath, ['--import', tsx, example, ...process.argv.slice(2)], {
  cwd,
  stdio: 'inherit',
})
process.exitCode = signal === null ? (status ?? 1) : 130
