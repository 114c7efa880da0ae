import type { Event, Message } from 'vscode-jsonrpc'

import { Signal } from './signal.js'

/** The events of a MessageWriter. */
export abstract class WriterEvents {
  protected readonly errors = new Signal<[Error, Message | undefined, number | undefined]>()
  protected readonly closes = new Signal<undefined>()

  get onError(): Event<[Error, Message | undefined, number | undefined]> {
    return this.errors.event
  }

  /** The output is closed. Fired once. */
  get onClose(): Event<void> {
    return this.closes.event as Event<void>
  }

  dispose(): void {
    this.errors.dispose()
    this.closes.dispose()
  }
}
