/** What JavaScript calls a part of a word; the flag u alone adds nothing to it. */
const wordPoint = '\\w'
const mostKnown = 10_000

/** Gives code points that no class of a pattern tells apart the same number. */
export class PointColumns {
  /** The columns of ASCII, which most texts are; 0 where nobody asked yet. */
  readonly ascii = new Uint16Array(128)
  /** By column: which classes have its code points. */
  readonly members: (readonly boolean[])[] = []
  /** By column: are they parts of words? */
  readonly words: boolean[] = []
  private readonly classes: readonly RegExp[]
  private readonly columns = new Map<string, number>()
  private readonly others = new Map<number, number>()

  /** @param sources expressions of one code point each */
  constructor(sources: readonly string[]) {
    this.classes = [...sources, wordPoint].map(source => new RegExp(`^${source}$`, 'u'))
  }

  of(point: number): number {
    return this.others.get(point) ?? this.find(point)
  }

  private find(point: number): number {
    const text = String.fromCodePoint(point)
    const members = this.classes.map(expression => expression.test(text))
    const key = members.map(Number).join('')
    const known = this.columns.get(key)
    const column = known ?? this.columns.size + 1
    if (known === undefined) {
      this.columns.set(key, column)
      this.words[column] = members.pop() ?? false
      this.members[column] = members
    }
    if (point < 128) this.ascii[point] = column
    else {
      if (this.others.size >= mostKnown) this.others.clear()
      this.others.set(point, column)
    }
    return column
  }
}
