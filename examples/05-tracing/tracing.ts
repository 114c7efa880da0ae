// OpenTelemetry in this process, and the two lines by which a trace crosses to another one.
import { context, propagation, trace, type Context } from '@opentelemetry/api'
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node'

/** Keeps the spans of this process. Another program would give the provider an exporter that sends them to its backend. */
export const kept = new InMemorySpanExporter()
new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(kept)] }).register()

export const tracer = trace.getTracer('05-tracing')

/** What calls carry, so that what the other side does for them joins the trace: `traceparent`, as over HTTP. */
export function carried(): Record<string, string> {
  const carrier: Record<string, string> = {}
  propagation.inject(context.active(), carrier)
  return carrier
}

/** The context of a call that brought this with it. */
export const contextOf = (meta: Readonly<Record<string, string>>): Context =>
  propagation.extract(context.active(), meta)
