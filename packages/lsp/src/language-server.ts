import type { InitializeParams } from './generated/contract.js'
import { initialize, shutDown, type Initializing, type ShuttingDown } from './handshake.js'

/** Options of a `Client` or a `Pool` of language servers. */
export interface LanguageServerOptions {
  readonly framing: 'headers'
  readonly onStart: (server: Initializing) => Promise<void>
  readonly onStop: (server: ShuttingDown) => Promise<void>
  readonly fallback: (method: string, params: unknown) => unknown
}

/**
 * What a client of a language server needs: its framing, its handshake at every start and its end at every stop; and answers to
 * what it asks and your `host` has no handler for. `params` are those of {@link initialize}.
 *
 * `new Client(lsp, ['bash-language-server', 'start'], { ...languageServer({ rootUri }) })`
 */
export const languageServer = (params: Partial<InitializeParams> = {}): LanguageServerOptions => ({
  framing: 'headers',
  onStart: async server => {
    await initialize(server, params)
  },
  onStop: shutDown,
  fallback: answer,
})

/** The answer of a client that does nothing special: a server that gets an error may give up. */
function answer(method: string, params: unknown): unknown {
  switch (method) {
    case 'workspace/configuration':
      // One for each that is asked for; null is: not set.
      return (params as { items: readonly unknown[] }).items.map(() => null)
    case 'workspace/applyEdit':
      return { applied: false, failureReason: 'This client applies no edits' }
    case 'window/showDocument':
      return { success: false }
    default:
      return null
  }
}
