export * from './generated/contract.js'
export { initialize, shutDown, type Initializing, type ShuttingDown } from './handshake.js'
export { languageServer, type LanguageServerOptions } from './language-server.js'
