import { callbacks } from './callbacks.js'
import { calls } from './calls.js'
import { cancellation } from './cancellation.js'
import { life } from './life.js'
import { output } from './output.js'
import type { Row } from './row.js'
import { sizes } from './sizes.js'
import { streams } from './streams.js'
import { versions } from './versions.js'

/** The conversation table, by theme. docs/conformance.md lists the rows under the same headings. */
export const themes: Readonly<Record<string, readonly Row[]>> = {
  'Calls and errors': calls,
  Streams: streams,
  Cancellation: cancellation,
  'Both directions': callbacks,
  'What else is printed': output,
  'Large messages': sizes,
  'Other versions': versions,
  'Life and death': life,
}

export const rows: readonly Row[] = Object.values(themes).flat()
