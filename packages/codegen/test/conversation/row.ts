import type { Language } from '../support/languages.js'
import type { Driver, Settings } from './driver.js'

/** What a row has to do with. */
export interface Pair {
  host: Language
  child: Language
  /** The driver and its child, both running: shared by rows that leave them as they were, a row's own otherwise. */
  driver: Driver
  /** The child's process id. */
  pid: number
}

/** A row of the conversation table: every pair of languages must play it. */
export interface Row {
  /** A sentence: what the row proves. docs/conformance.md lists it word for word. */
  title: string
  /** It ends its programs, or needs them as they are at the start: it gets its own. */
  alone: boolean
  /** Node programs of this folder that stand between the host and the child: the command before the child's. */
  through?: readonly string[]
  /** How its host starts the child. */
  settings?: Settings
  play(pair: Pair): Promise<void>
}

export const row = (title: string, play: Row['play']): Row => ({ title, alone: false, play })
export const alone = (title: string, play: Row['play'], settings: Settings = {}): Row => ({
  title,
  alone: true,
  settings,
  play,
})
export const through = (program: readonly string[], title: string, play: Row['play']): Row => ({
  title,
  alone: true,
  through: program,
  play,
})
