import { defineContract, Type } from '@simple-ipc/rpc'

// The few members of the Model Context Protocol that this example uses, with the parts of them that it reads.
export const mcpServer = defineContract({
  name: 'mcp-server',
  version: '2025-06-18',
  foreign: { cancel: 'mcp' },
  child: {
    methods: {
      initialize: {
        params: Type.Object({
          protocolVersion: Type.String(),
          capabilities: Type.Object({ roots: Type.Optional(Type.Object({})) }),
          clientInfo: Type.Object({ name: Type.String(), version: Type.String() }),
        }),
        result: Type.Object({
          protocolVersion: Type.String(),
          serverInfo: Type.Object({ name: Type.String(), version: Type.String() }),
        }),
      },
      'tools/list': {
        params: Type.Object({ cursor: Type.Optional(Type.String()) }),
        result: Type.Object({ tools: Type.Array(Type.Object({ name: Type.String() })) }),
      },
      'tools/call': {
        params: Type.Object({ name: Type.String(), arguments: Type.Record(Type.String(), Type.Unknown()) }),
        result: Type.Object({
          content: Type.Array(Type.Object({ type: Type.String(), text: Type.Optional(Type.String()) })),
          isError: Type.Optional(Type.Boolean()),
        }),
      },
    },
    notifications: { 'notifications/initialized': Type.Object({}) },
  },
  host: {
    methods: {
      'roots/list': {
        result: Type.Object({ roots: Type.Array(Type.Object({ uri: Type.String(), name: Type.String() })) }),
      },
    },
  },
})
