// An MCP server that tells what it was asked, asks what it is told to, and speaks the revision that it is given.
import { serve } from '@simple-ipc/rpc'
import { mcp } from '@simple-ipc/mcp'

const revision = process.argv[2]
const asked = []

const client = serve(mcp, {
  initialize: params => {
    asked.push(['initialize', params])
    return {
      protocolVersion: revision ?? params.protocolVersion,
      capabilities: {},
      serverInfo: { name: 'test', version: '1' },
    }
  },
  'notifications/initialized': () => void asked.push('initialized'),
  ping: () => ({}),
  'tools/call': async ({ name, arguments: args = {} }, { progress }) => {
    if (name === 'asked') return { content: [], structuredContent: { asked } }
    if (name === 'ask') return { content: [], structuredContent: await client.call(args.method, args.params) }
    progress({ progress: 1, total: 2 })
    progress({ progress: 2, total: 2, message: 'nearly' })
    return { content: [{ type: 'text', text: 'done' }] }
  },
})
