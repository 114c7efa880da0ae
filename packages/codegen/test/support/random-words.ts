import type { Random } from './random.js'

// Names and texts for people, of the kinds that upset layouts and linters.

const syllables = [
  'ba',
  'cor',
  'du',
  'el',
  'fi',
  'gra',
  'ho',
  'il',
  'jus',
  'ko',
  'lam',
  'mo',
  'ne',
  'or',
  'pli',
].concat(['qua', 'ri', 'sto', 'tu', 'ul', 'vex', 'wy', 'xi', 'yo', 'zen'])
/** How words become one name; by far most names are short. */
const joins = ['', '_', '-', '.'] as const
const wireJoins = [...joins, '/', ' ', '~', '"', "'", '\\', '{', '}', '$', '日', 'é', '\n'] as const

/** Names no two of which are alike, even when only their letters are looked at. */
export class RandomNames {
  private readonly taken = new Set<string>()
  private readonly random: Random

  constructor(random: Random) {
    this.random = random
  }

  /** A name that could be an identifier in most languages, of 2 to 120 letters. */
  word(): string {
    return this.make(joins)
  }

  /** A name on the wire: anything at all. */
  wire(): string {
    return this.make(this.random.chance(0.8) ? joins : wireJoins)
  }

  private make(between: readonly string[]): string {
    const { random } = this
    for (;;) {
      const most = random.pick([6, 12, 12, 20, 20, 30, 45, 60, 90, 120])
      const length = 2 + random.below(most - 1)
      const join = random.pick(between)
      const spell = random.pick([camel, capital, (word: string) => word])
      let name = ''
      while (name.length < length) name += (name === '' ? '' : join) + spell(this.syllable(), name === '')
      name = name.slice(0, length).trim()
      const letters = name.replace(/[^a-z0-9]/giu, '').toLowerCase()
      if (letters.length < 2 || this.taken.has(letters) || !/^[a-z]/iu.test(name)) continue
      this.taken.add(letters)
      return name
    }
  }

  private syllable(): string {
    return this.random.pick(syllables) + (this.random.chance(0.5) ? this.random.pick(syllables) : '')
  }
}

const capital = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1)
const camel = (word: string, isFirst: boolean): string => (isFirst ? word : capital(word))

const oddTexts = [
  'Args:',
  'Args:\n    name: what it is called.\n\nReturns:\n    Nothing.',
  'Parameters\n----------\nx : int',
  'Returns',
  'Does it.\n\nExample\n=======\n\n>>> print("x")',
  'Example: a value\nNote:\nsomething',
  '@param name what it is called\n@returns {string} nothing\n@deprecated',
  'TODO: fix this. FIXME XXX HACK',
  '# type: ignore',
  '# noqa',
  'eslint-disable-next-line',
  '//nolint:all',
  'ends with a backslash \\',
  'three quotes """ and four """"',
  '"quoted"',
  "'''",
  '`code` and ``more`` and ```\nblock\n```',
  '*/ ends, /* begins, // there',
  '\\u000a \\x41 \\N{BULLET} ${x} {{y}} %s <b>',
  '??/ trigraph\r\nbreak\rand\u2028one',
  '\ttab and spaces   \n   indented\n\ttab again',
  '- a list\n- of two\n  1. and more\n\n\n\nfar away',
  '日本語の説明。長い文章はどこで折り返すのか',
  'nul \u0000 bell \u0007 mark \u202e',
  'Literal[ Mapping[ Sequence[ Callable[ Union[ Final[ Generic[ Awaitable[ TypeGuard[',
  'https://example.com/a/very/long/address/that/cannot/be/broken/anywhere/because/it/has/no/spaces?query=1',
  'word'.repeat(30),
  ' ',
  '.',
  'x = 1',
  'import os',
  'print(x)',
]

/** A text for people: short, of any width to a hundred and a bit, long, or odd. */
export function randomText(random: Random): string {
  if (random.chance(0.35)) return random.pick(oddTexts)
  const length = random.chance(0.7) ? 1 + random.below(130) : random.below(400)
  let text = ''
  while (text.length < length)
    text += random.pick(syllables) + random.pick(['', '', ' ', ' ', ', ', '. ', "'s ", '"', '\n'])
  return text.slice(0, length)
}
