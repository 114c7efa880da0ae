import { inFileNames, type Spelling } from '../../../naming/assign-names.js'
import { camelCase, kebabCase, pascalCase } from '../../../naming/words.js'
import { globals, objectMembers } from './keywords.js'

/** The package that generated code imports. */
export const runtimePackage = '@simple-ipc/rpc'

/** What generated code may import from there: the list is the same for every contract. */
export const imported = {
  values: ['contractFromJson', 'DeclaredError', 'serveTyped', 'TypedClient', 'TypedRemote'],
  types: [
    'CallOptions',
    'ClientOptions',
    'Command',
    'HandlerContext',
    'MissingHandlers',
    'ServeOptions',
    'Stream',
    'UnlistedValue',
  ],
} as const

/** What generated code inherits from TypedClient and TypedRemote. */
const inherited = [
  ...['bufferedAmount', 'drained', 'pid', 'ping', 'ref', 'remote', 'running', 'start', 'stop', 'unref'],
  'worker',
]

export const classSpelling: Spelling = {
  spell: pascalCase,
  reserved: new Set([...globals, ...imported.values, ...imported.types]),
  escape: name => `${name}Type`,
  prefix: 'T',
}

/** Exceptions end in Error, as JavaScript's own do. */
export const errorSpelling: Spelling = {
  ...classSpelling,
  spell: text => {
    const name = pascalCase(text)
    return name.endsWith('Error') ? name : `${name}Error`
  },
}

/** Methods of handlers and clients. A keyword may be one. */
export const methodSpelling: Spelling = {
  spell: camelCase,
  reserved: new Set([...objectMembers, ...inherited]),
  escape: name => `${name}_`,
  prefix: 'm',
}

export const fileSpelling: Spelling = {
  spell: kebabCase,
  reserved: new Set(),
  escape: name => name,
  prefix: 'contract-',
  longest: inFileNames('-'),
}
