import { digestOf } from './digest.js'
import { CodegenError, type Refusal } from '../contract/codegen-error.js'

/** What is to be named, and its place in the contract. */
export interface Wish {
  /** A word or several, as the contract has them. */
  text: string
  path: string
}

export interface LongestName {
  most: number
  widthOf: (text: string) => number
  /** Stands in front of the digest. Default: nothing behind capitals, otherwise `_`. */
  joint?: string
}

/** How a language spells names of one sort. */
export interface Spelling {
  /** Words → name; may return an empty string when there is no letter. */
  spell(text: string): string
  /** Names that mean something else: keywords, built-ins, what our own code uses. */
  reserved: ReadonlySet<string>
  /** What such a name becomes. */
  escape(name: string): string
  /** Put before a name that begins with a digit or is empty. */
  prefix: string
  /** How long a name may be, where lines have an end; the rest of a longer one is replaced by a digest of the whole. */
  longest?: LongestName
}

/**
 * The names of things in one scope. Which name a thing gets depends on nothing but its own text, so adding
 * another renames nothing; two that would get the same one are refused.
 */
export function assignNames(wishes: readonly Wish[], spelling: Spelling, what: string): Map<string, string> {
  const names = new Map<string, string>()
  const owners = new Map<string, Wish>()
  const refusals: Refusal[] = []
  for (const wish of wishes) {
    const name = nameOf(wish.text, spelling)
    const owner = owners.get(name)
    if (owner !== undefined)
      refusals.push({
        path: wish.path,
        message: `becomes the ${what} '${name}', and so does ${owner.path}; rename one of them`,
      })
    owners.set(name, wish)
    names.set(wish.text, name)
  }
  if (refusals.length > 0) throw new CodegenError('Two things would get the same name', refusals)
  return names
}

/** The name of one thing. */
export function nameOf(text: string, spelling: Spelling): string {
  const spelled = spelling.spell(text)
  // A text without letters is spelled out, so that it has a name at all.
  const whole =
    spelled === ''
      ? Array.from(text, mark => `u${mark.codePointAt(0)?.toString(16) ?? ''}`).join('_')
      : spelled
  const named = whole === '' ? 'empty' : whole
  const started = /^\p{N}|^\p{M}/u.test(named) || spelled === '' ? spelling.prefix + named : named
  const name = spelling.reserved.has(started) ? spelling.escape(started) : started
  return spelling.longest === undefined ? name : shortened(name, spelling.longest)
}

function shortened(name: string, { most, widthOf, joint }: LongestName): string {
  if (widthOf(name) <= most) return name
  const digest = digestOf(name)
  const marks = Array.from(name)
  while (widthOf(marks.join('')) > most - 9) marks.pop()
  return `${marks.join('')}${joint ?? (/\p{Lu}/u.test(name) ? '' : '_')}${digest}`
}

/** Of a name that files have: a path has little room, on some systems 260 characters for all of it. */
export const inFileNames = (joint: string): LongestName => ({
  most: 60,
  widthOf: text => Buffer.byteLength(text),
  joint,
})
