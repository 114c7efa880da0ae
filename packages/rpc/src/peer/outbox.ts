import type { Answers } from '../dispatch/dispatch-options.js'
import type { JsonParts } from '../json/json-parts.js'
import type { Link } from '../transport/text-output.js'
import type { Tracer } from './trace.js'

/** Where a peer's messages leave, if it has a connection just now: a trace sees them first. */
export class Outbox implements Answers {
  link: Link | undefined = undefined
  readonly idle: () => void
  readonly protocolError: (message: string) => void
  private readonly tracer: Tracer | undefined

  constructor(tracer: Tracer | undefined, events: Pick<Answers, 'idle' | 'protocolError'>) {
    this.tracer = tracer
    this.idle = events.idle
    this.protocolError = events.protocolError
  }

  send(text: string | JsonParts): void {
    this.tracer?.out(text.toString())
    if (typeof text === 'string') this.link?.send(text)
    else if (this.link?.sendParts !== undefined) this.link.sendParts(text.parts)
    else this.link?.send(text.toString())
  }

  sendItem(text: string): void {
    this.tracer?.out(text)
    if (this.link?.sendItem !== undefined) this.link.sendItem(text)
    else this.link?.send(text)
  }

  get bufferedAmount(): number {
    return this.link?.bufferedAmount ?? 0
  }

  drained(): Promise<void> {
    return this.link?.drained() ?? Promise.resolve()
  }
}
