import type { MessageWriter } from 'vscode-jsonrpc'

import { isTextWriter, type TextWriter } from './transport.js'

/** What a peer needs of a writer. Nothing here throws or waits. */
export type TextOutput = Pick<TextWriter, 'send' | 'sendItems' | 'sendParts' | 'bufferedAmount' | 'drained'>

/** Our writers take text; any other gets objects, one promise for each. */
export function textOutput(writer: MessageWriter): TextOutput {
  if (isTextWriter(writer)) return writer
  let last: Promise<unknown> = Promise.resolve()
  let waiting = 0
  return {
    send(text) {
      waiting += text.length
      const done = (): void => {
        waiting -= text.length
      }
      // A failed write is followed by the writer's own close or error event.
      last = writer.write(JSON.parse(text) as Parameters<MessageWriter['write']>[0]).then(done, done)
    },
    get bufferedAmount() {
      return waiting
    },
    drained: () => last.then(() => undefined),
  }
}
