// @ts-check
// Everything that is measured, in the order in which it is told.
import { callSuites } from './calls/suites.mjs'
import { children } from './children/suite.mjs'
import { largeSuites } from './large/suites.mjs'
import { lines } from './lines/suite.mjs'
import { memorySuites } from './memory/suites.mjs'
import { pool } from './pool/suite.mjs'
import { startSuites } from './start/suites.mjs'
import { stream } from './stream/suite.mjs'

/** @type {Readonly<Record<string, import('./suite.mjs').Suite>>} */
export const suites = {
  lines,
  ...callSuites,
  children,
  ...largeSuites,
  stream,
  ...startSuites,
  pool,
  ...memorySuites,
}
