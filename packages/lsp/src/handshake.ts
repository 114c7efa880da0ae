import type { InitializeParams, InitializeResult } from './generated/contract.js'

/** A language server that can be initialized: of a picked contract, one that has these two members. */
export interface Initializing {
  call(method: 'initialize', params: InitializeParams): Promise<InitializeResult>
  notify(name: 'initialized', params: Readonly<Record<string, never>>): void
}
/** A language server that can be shut down: of a picked contract, one that has these two members. */
export interface ShuttingDown {
  call(method: 'shutdown'): Promise<unknown>
  notify(name: 'exit'): void
}

/**
 * `initialize` and `initialized`, which must come before anything else: for `onStart`. What is left out of `params` says that
 * this process asks, for no folder, and can do nothing special.
 *
 * Resolves with what the server can do.
 */
export async function initialize(
  server: Initializing,
  params: Partial<InitializeParams> = {},
): Promise<InitializeResult> {
  const result = await server.call('initialize', {
    processId: process.pid,
    rootUri: null,
    capabilities: {},
    ...params,
  })
  server.notify('initialized', {})
  return result
}

/** `shutdown` and `exit`, with which a server wants to end: for `onStop`. */
export async function shutDown(server: ShuttingDown): Promise<void> {
  await server.call('shutdown')
  server.notify('exit')
}
