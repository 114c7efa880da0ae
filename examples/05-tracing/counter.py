"""The child program: counts words, and traces what it does.

Started by host.ts. `build/generated` is made from contract.ts by `npx simple-ipc generate`.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parent / "build"))

from generated import counter as c  # noqa: E402
from opentelemetry import propagate, trace  # noqa: E402
from opentelemetry.sdk.trace import TracerProvider  # noqa: E402
from opentelemetry.sdk.trace.export import SimpleSpanProcessor, SpanExporter, SpanExportResult  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Sequence

    from opentelemetry.sdk.trace import ReadableSpan


class ToHost(SpanExporter):
    """Gives the spans to the host, which shows them. Another program would send them to its backend."""

    def begin(self, host: c.HostClient) -> None:
        self._host = host

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        for span in spans:
            self._host.span(c.SpanParams(span=shown(span)))
        return SpanExportResult.SUCCESS


def shown(span: ReadableSpan) -> c.Span:
    return c.Span(
        trace_id=trace.format_trace_id(span.context.trace_id),
        span_id=trace.format_span_id(span.context.span_id),
        parent_id=trace.format_span_id(span.parent.span_id) if span.parent else None,
        name=span.name,
        milliseconds=(span.end_time - span.start_time) / 1e6,
    )


def carried() -> dict[str, str]:
    """What calls carry, so that what the host does for them joins the trace."""
    carrier: dict[str, str] = {}
    propagate.inject(carrier)
    return carrier


exporter = ToHost()
provider = TracerProvider()
provider.add_span_processor(SimpleSpanProcessor(exporter))
tracer = provider.get_tracer("05-tracing")


class Words(c.ChildHandlers):
    def count(self, params: c.CountParams, context: c.CountContext) -> list[str]:
        with tracer.start_as_current_span("count", context=propagate.extract(context.meta)):
            stop_words = context.peer.stop_words(c.StopWordsParams(language="en"))
            words = Counter(word.strip(".,:;").lower() for word in params.text.split())
            for word in stop_words:
                del words[word]
            return [word for word, _ in words.most_common(params.most)]


if __name__ == "__main__":
    c.serve(Words(), meta=carried, on_start=exporter.begin)
