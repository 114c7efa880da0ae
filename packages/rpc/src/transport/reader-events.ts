import type { Event, PartialMessageInfo } from 'vscode-jsonrpc'

import { Signal } from './signal.js'

/** The events of a MessageReader. */
export abstract class ReaderEvents {
  protected readonly errors = new Signal<Error>()
  protected readonly closes = new Signal<undefined>()
  private readonly partials = new Signal<PartialMessageInfo>()

  get onError(): Event<Error> {
    return this.errors.event
  }

  /** The input is over, for whatever reason. Fired once, after everything that arrived was handed over. */
  get onClose(): Event<void> {
    return this.closes.event as Event<void>
  }

  /** Never fired: there is nothing partial to report. */
  get onPartialMessage(): Event<PartialMessageInfo> {
    return this.partials.event
  }

  dispose(): void {
    this.errors.dispose()
    this.closes.dispose()
    this.partials.dispose()
  }
}
