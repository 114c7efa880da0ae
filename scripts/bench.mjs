// @ts-check
// `npm run bench [-- --quick] [suite …]`: installs and builds what is missing, then measures.
import { prepare } from './prepare.mjs'

prepare()
await import('../bench/run.mjs')
