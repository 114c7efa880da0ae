// @ts-check
// What may import what. `npm run layers` holds it (scripts/layers.mjs); ARCHITECTURE says why it is so.

/**
 * Folders below a package's src, low to high; '.' is src itself. A folder imports from itself and from those before it.
 * The chains of a group (`apart`) stand at one height and do not see each other.
 * @typedef {readonly (string | Group)[]} Order
 * @typedef {{ readonly apart: readonly Order[] }} Group
 */

/** @param {readonly Order[]} chains @returns {Group} */
const apart = (...chains) => ({ apart: chains })

/** The insides of a language: the same for each, of which one may lack some. @param {string} language @param {readonly string[]} parts */
const target = (language, parts = ['print', 'names', 'types', 'codecs', 'service']) => [
  ...parts.map(part => `targets/${language}/${part}`),
  `targets/${language}`,
]

/** @type {Readonly<Record<string, Order>>} */
export const layers = {
  worker: ['base', 'errors', 'options', 'write', 'lines', 'process', 'ask', 'worker', '.'],
  rpc: [
    'json',
    'schema',
    'validate',
    'errors',
    'contract',
    apart(['openrpc'], ['compare']),
    'transport',
    'protocol',
    apart(['caller'], ['dispatch']),
    'peer',
    'client',
    apart(['pool'], ['serve'], ['connect']),
    'codegen',
    '.',
  ],
  lsp: ['generated', '.'],
  mcp: ['generated', '.'],
  codegen: [
    apart(['print'], ['contract', 'naming']),
    'model',
    'output',
    apart(target('go'), target('python'), target('typescript', ['print', 'names', 'types', 'service'])),
    'targets',
    'generate',
    apart(
      ['init'],
      ['diff'],
      [
        'import/base',
        'import/json-schema',
        apart(['import/openrpc'], ['import/lsp'], ['import/write'], ['import/source']),
        'import',
      ],
    ),
    'commands',
    '.',
  ],
}

/** Programs that are copied for users: they import what will stand beside them there. */
export const templates = ['codegen/src/init/starter/', 'codegen/src/targets/typescript/skeleton/']

/**
 * Who may import a module of others: `values` run its code, `types` only name its types. A folder ends in '/'.
 * @typedef {{ readonly why: string, readonly values: readonly string[], readonly types: readonly string[] }} Guard
 */

/** @type {Readonly<Record<string, Guard>>} */
export const guarded = {
  child_process: {
    why: 'what starts programs is looked for in one place',
    values: [
      'worker/src/process/resident-memory.ts',
      'worker/src/process/spawn-program.ts',
      'worker/src/process/watchdog.ts',
      'worker/src/process/process-group.ts',
      // It starts nothing: it keeps what a handler starts away from our descriptors.
      'rpc/src/serve/guard-descriptors.ts',
    ],
    types: ['worker/src/process/program.ts'],
  },
  'vscode-jsonrpc': {
    why: 'loading its code costs 35 ms; its types are the seam',
    values: [],
    types: ['rpc/src/transport/', 'rpc/src/connect/'],
  },
  typebox: {
    why: 'contracts are made of it and one fast path runs it; everything else knows plain schemas',
    values: ['rpc/src/index.ts', 'rpc/src/schema/converted-schema.ts', 'rpc/src/validate/compile-check.ts'],
    types: [
      'rpc/src/contract/contract-spec.ts',
      'rpc/src/contract/contract-types.ts',
      'rpc/src/schema/open-schema.ts',
    ],
  },
}
