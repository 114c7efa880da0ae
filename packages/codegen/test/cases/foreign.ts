import { defineContract, Type } from '@simple-ipc/rpc'

/** A program written by others: how it cancels and reports, and calls with and without params that report progress. */
export const contract = defineContract({
  name: 'foreign',
  version: '1.0.0',
  foreign: { cancel: 'mcp', progress: 'mcp' },
  child: {
    methods: {
      initialize: { params: Type.Object({ name: Type.String() }), result: Type.Object({}) },
      'tools/call': {
        params: Type.Object({ tool: Type.String() }),
        result: Type.String(),
        progress: Type.Object({ done: Type.Integer() }),
      },
      wait: { progress: Type.Integer() },
      list: { params: Type.Object({}), stream: Type.String(), progress: Type.Unknown() },
    },
    notifications: { 'notifications/initialized': Type.Object({}) },
  },
  host: { methods: { ask: { result: Type.String(), progress: Type.Integer() } } },
})
