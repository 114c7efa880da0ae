// For users.
export { WorkerError } from './worker-error.js'
export type { WorkerErrorCode } from './worker-error.js'
export type { Command } from './command.js'
export type { Environment, StderrMode, StopGrace, WorkerOptions } from './options.js'
export type { RestartOptions } from './restart-policy.js'
export type { Logger } from './log.js'
export { formatExitReport } from './exit-report.js'
export type { Exit, ExitReport } from './exit-report.js'

// For authors of libraries: the parts that a protocol needs.
export { LineSplitter } from './split-lines.js'
export type { LineSink, LineSplitterOptions } from './split-lines.js'
export type { Decoder } from './options.js'
export { Program } from './program.js'
export type { ProgramHandlers } from './program.js'
export type { ProgramOptions } from './options.js'
