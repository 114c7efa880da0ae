import type { MessageWriter } from 'vscode-jsonrpc'

import { isTextWriter } from './transport.js'

/** Where a peer's messages go. Nothing here throws or waits. */
export interface Link {
  send(text: string): void
  /** The same for one of many, behind which more come soon. */
  sendItem?(text: string): void
  /** The same for one message in parts that should not be put together; without it they are. */
  sendParts?(parts: readonly string[]): void
  /** Bytes taken that are not on their way, about. */
  readonly bufferedAmount: number
  /** Resolves when everything is on its way, or nothing will be any more. */
  drained(): Promise<void>
}

/** Our writers take text; any other gets objects, one promise for each. */
export function linkOf(writer: MessageWriter): Link {
  if (isTextWriter(writer)) return writer
  let last: Promise<unknown> = Promise.resolve()
  let waiting = 0
  const done = (): void => {
    waiting--
  }
  return {
    send(text) {
      waiting++
      // A failed write is followed by the writer's own close or error event.
      last = writer.write(JSON.parse(text) as Parameters<MessageWriter['write']>[0]).then(done, done)
    },
    get bufferedAmount() {
      return waiting
    },
    drained: () => last.then(() => undefined),
  }
}
