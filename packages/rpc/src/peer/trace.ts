import type { WireMessage } from '../protocol/message.js'

/** One message that was sent or received. */
export interface TraceEvent {
  direction: 'out' | 'in'
  kind: 'request' | 'notification' | 'response'
  /** Of a response: the method that it answers, if that is known. */
  method: string | undefined
  id: string | number | null | undefined
  /** The message, parsed. It is not copied: do not change it. */
  message: unknown
  /** Of a response: milliseconds since its request. */
  ms: number | undefined
}

/** Called with every message. What it throws is ignored. */
export type Trace = (event: TraceEvent) => void

interface Asked {
  method: string
  at: number
}

/** Feeds a trace: determines what each message is, and times responses. Costs nothing where there is no trace. */
export class Tracer {
  private readonly trace: Trace
  /** Requests that went out and came in, by id. */
  private readonly asked = { out: new Map<unknown, Asked>(), in: new Map<unknown, Asked>() }

  constructor(trace: Trace) {
    this.trace = trace
  }

  out(text: string): void {
    const message = JSON.parse(text) as WireMessage | WireMessage[]
    for (const one of Array.isArray(message) ? message : [message]) this.see('out', one, kindOfOwn(one))
  }

  in(message: WireMessage, kind: TraceEvent['kind']): void {
    this.see('in', message, kind)
  }

  /** The session is over. */
  forget(): void {
    this.asked.out.clear()
    this.asked.in.clear()
  }

  private see(direction: 'out' | 'in', message: WireMessage, kind: TraceEvent['kind']): void {
    const id = message.id as TraceEvent['id']
    let { method, ms }: { method: string | undefined; ms: number | undefined } = {
      method: message.method as string | undefined,
      ms: undefined,
    }
    if (kind === 'request') this.asked[direction].set(id, { method: method ?? '', at: performance.now() })
    else if (kind === 'response') {
      const asked = this.asked[direction === 'out' ? 'in' : 'out']
      const request = asked.get(id)
      asked.delete(id)
      method = request?.method
      if (request !== undefined) ms = performance.now() - request.at
    } else this.forgetCancelled(direction, message)
    try {
      this.trace({ direction, kind, method, id, message, ms })
    } catch {
      // A trace that fails must not change what it watches.
    }
  }

  /** A program that never answers cancelled calls must not make this grow. */
  private forgetCancelled(direction: 'out' | 'in', { method, params }: WireMessage): void {
    if (method !== '$/cancelRequest' && method !== 'notifications/cancelled') return
    const given = params as { id?: unknown; requestId?: unknown } | undefined
    if (direction === 'out') this.asked.out.delete(given?.id ?? given?.requestId)
  }
}

const kindOfOwn = ({ method, id }: WireMessage): TraceEvent['kind'] =>
  method === undefined ? 'response' : id === undefined ? 'notification' : 'request'
