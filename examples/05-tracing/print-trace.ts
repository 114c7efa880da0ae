/** A span, wherever it was made. */
export interface Span {
  process: string
  traceId: string
  spanId: string
  parentId?: string
  name: string
  milliseconds: number
}

/** The traces as trees, one line a span. */
export function traces(spans: readonly Span[]): string {
  const isRoot = ({ parentId }: Span): boolean => !spans.some(({ spanId }) => spanId === parentId)
  const tree = (span: Span, indent: string): string[] => [
    `${indent}${span.name}`.padEnd(24) + span.process.padEnd(8) + `${span.milliseconds.toFixed(1)} ms`,
    ...spans.filter(({ parentId }) => parentId === span.spanId).flatMap(inner => tree(inner, `${indent}  `)),
  ]
  return spans
    .filter(isRoot)
    .flatMap(root => [`trace ${root.traceId}`, ...tree(root, '  ')])
    .join('\n')
}
