// A language server that tells what it was asked, asks what it is told to, and reports progress.
import { serve } from '@simple-ipc/rpc'
import { lsp } from '@simple-ipc/lsp'

const asked = []
let isShutDown = false

const client = serve(
  lsp,
  {
    initialize: params => {
      asked.push(['initialize', params])
      return { capabilities: {} }
    },
    initialized: params => void asked.push(['initialized', params]),
    shutdown: () => {
      isShutDown = true
      return null
    },
    exit: () => process.exit(isShutDown ? 0 : 1),
    'workspace/executeCommand': async ({ command, arguments: args = [] }, { progress }) => {
      if (command === 'what was asked') return asked
      if (command === 'die') process.exit(3)
      if (command === 'ask') {
        const [method, params] = args
        return client.call(method, params)
      }
      progress({ kind: 'begin', title: 'Working' })
      progress({ kind: 'report', percentage: 50 })
      progress({ kind: 'end' })
      return 'done'
    },
  },
  { framing: 'headers' },
)
