// @ts-check
// Everything that is measured, in the order in which it is told.
import { backlog } from './backlog/suites.mjs'
import { bytesSuites } from './bytes/suites.mjs'
import { callSuites } from './calls/suites.mjs'
import { children } from './children/suites.mjs'
import { largeSuites } from './large/suites.mjs'
import { lines } from './lines/suites.mjs'
import { memorySuites } from './memory/suites.mjs'
import { pool } from './pool/suites.mjs'
import { startSuites } from './start/suites.mjs'
import { streamSuites } from './stream/suites.mjs'

/** @type {Readonly<Record<string, import('./define-suite.mjs').Suite>>} */
export const suites = {
  lines,
  ...callSuites,
  children,
  ...largeSuites,
  ...bytesSuites,
  ...streamSuites,
  ...startSuites,
  pool,
  ...memorySuites,
  backlog,
}
