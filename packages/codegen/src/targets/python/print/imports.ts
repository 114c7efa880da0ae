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

  /** The name, which is used from now on. */
  use(name: Imported): string {
    this.used.add(name)
    return name
  }

  /** The lines, those of our own modules among them. Annotations, too, may be evaluated: by FastAPI, say, or pydantic. */
  declare(ours: readonly string[], out: CodeWriter): void {
    const lines = (Object.keys(sources) as Source[]).flatMap(source => {
      const names = sources[source].filter(name => this.used.has(name))
      return names.length === 0 ? [] : [`from ${source} import ${names.join(', ')}`]
    })
    if (lines.length > 0) out.line(...lines).blank()
    out.line(...ours)
  }
}
