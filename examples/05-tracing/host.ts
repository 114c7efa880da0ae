// One trace over two processes: a Node host and a Python child, each with its language's own OpenTelemetry.
//
//   node --import tsx examples/05-tracing/host.ts
//
import path from 'node:path'
import { context, SpanStatusCode } from '@opentelemetry/api'
import { Client } from '@simple-ipc/rpc'
import { find } from '../../scripts/required-programs.mjs'
import { counter } from './contract.js'
import { traces, type Span } from './print-trace.js'
import { setUp } from './set-up.js'
import { carried, contextOf, kept, tracer } from './tracing.js'

const text = 'the cat and the dog and the bird: a cat, a dog, and a cat'

async function main(): Promise<void> {
  const python = find('python3') ?? find('python')
  if (python === undefined) {
    console.log('skipped: python3 (absent)')
    return
  }
  const ofChild: Span[] = []
  const client = new Client(counter, [setUp(python), path.join(import.meta.dirname, 'counter.py')], {
    // Every call carries the span in which it is made.
    meta: carried,
    host: {
      stopWords: (_params, { meta }) =>
        context.with(contextOf(meta), () =>
          tracer.startActiveSpan('stopWords', span => {
            span.end()
            return ['the', 'and', 'a']
          }),
        ),
      span: ({ span }) => void ofChild.push({ process: 'Python', ...span }),
    },
  })
  await tracer.startActiveSpan('report', async span => {
    try {
      console.log((await client.call('count', { text, most: 2 })).join(', '))
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR })
      throw error
    } finally {
      span.end()
      // The child tells its last spans before it ends.
      await client.stop()
    }
  })
  console.log(traces([...own(), ...ofChild]))
}

const own = (): Span[] =>
  kept.getFinishedSpans().map(span => {
    const { traceId, spanId } = span.spanContext()
    const [seconds, nanoseconds] = span.duration
    return {
      process: 'Node',
      traceId,
      spanId,
      ...(span.parentSpanContext && { parentId: span.parentSpanContext.spanId }),
      name: span.name,
      milliseconds: seconds * 1000 + nanoseconds / 1e6,
    }
  })

await main()
