import { defineContract, Type } from '@simple-ipc/rpc'

// The few members of the Language Server Protocol that this example uses, with the parts of them that it reads.
const Position = Type.Object({ line: Type.Integer(), character: Type.Integer() })
const Range = Type.Object({ start: Position, end: Position })
const Diagnostic = Type.Object({
  range: Range,
  message: Type.String(),
  severity: Type.Optional(Type.Integer()),
})
const Document = Type.Object({ uri: Type.String() })

export const languageServer = defineContract({
  name: 'language-server',
  version: '3.17.0',
  // It was not written for our protocol: only its own names travel, and it is cancelled as it expects.
  foreign: { cancel: 'lsp' },
  child: {
    methods: {
      initialize: {
        params: Type.Object({
          processId: Type.Integer(),
          rootUri: Type.Union([Type.String(), Type.Null()]),
          capabilities: Type.Object({}),
          initializationOptions: Type.Optional(Type.Unknown()),
        }),
        result: Type.Object({
          serverInfo: Type.Optional(
            Type.Object({ name: Type.String(), version: Type.Optional(Type.String()) }),
          ),
        }),
      },
      'textDocument/hover': {
        params: Type.Object({ textDocument: Document, position: Position }),
        result: Type.Union([Type.Null(), Type.Object({ contents: Type.Unknown() })]),
      },
      'workspace/symbol': {
        params: Type.Object({ query: Type.String() }),
        result: Type.Union([Type.Null(), Type.Array(Type.Object({ name: Type.String() }))]),
      },
      shutdown: {},
    },
    notifications: {
      initialized: Type.Object({}),
      'textDocument/didOpen': Type.Object({
        textDocument: Type.Object({
          uri: Type.String(),
          languageId: Type.String(),
          version: Type.Integer(),
          text: Type.String(),
        }),
      }),
      exit: Type.Object({}),
    },
  },
  host: {
    methods: {
      'workspace/configuration': {
        params: Type.Object({ items: Type.Array(Type.Object({ section: Type.Optional(Type.String()) })) }),
        result: Type.Array(Type.Unknown()),
      },
    },
    notifications: {
      'textDocument/publishDiagnostics': Type.Object({
        uri: Type.String(),
        diagnostics: Type.Array(Diagnostic),
      }),
      'window/logMessage': Type.Object({ message: Type.String() }),
    },
  },
})
