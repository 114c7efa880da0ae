import type { CodeWriter } from '../../../print/code-writer.js'

const sources = {
  abc: ['ABC', 'abstractmethod'],
  'collections.abc': ['Awaitable', 'Callable', 'Mapping', 'Sequence'],
  contextlib: ['suppress'],
  dataclasses: ['dataclass'],
  typing: ['Final', 'Generic', 'Literal', 'NoReturn', 'TypeAlias', 'TypeGuard', 'Union'],
} as const
type Source = keyof typeof sources
type Imported = (typeof sources)[Source][number]

/** What a file speaks of that is not its own: noted where it is written. */
export class Imports {
  private readonly used = new Set<Imported>()
  private readonly evaluated = new Set<Imported>()

  /** The name, which is used from now on; `isEvaluated` where it stands in more than an annotation. */
  use(name: Imported, isEvaluated = false): string {
    this.used.add(name)
    if (isEvaluated) this.evaluated.add(name)
    return name
  }

  /** The lines, those of our own modules among them. What only annotations use is imported for type checkers only. */
  declare(ours: readonly string[], out: CodeWriter): void {
    const lazy: Imported[] = sources['collections.abc'].filter(
      name => this.used.has(name) && !this.evaluated.has(name),
    )
    const lines = (Object.keys(sources) as Source[]).flatMap(source => {
      const names = sources[source].filter(name => this.used.has(name) && !lazy.includes(name))
      const all = source === 'typing' && lazy.length > 0 ? ['TYPE_CHECKING', ...names] : names
      return all.length === 0 ? [] : [`from ${source} import ${all.join(', ')}`]
    })
    if (lines.length > 0) out.line(...lines).blank()
    out.line(...ours)
    if (lazy.length > 0)
      out.blank().block('if TYPE_CHECKING:', () => out.line(`from collections.abc import ${lazy.join(', ')}`))
  }
}
