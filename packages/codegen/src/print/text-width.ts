import { eastAsianWidth } from 'get-east-asian-width'

/** How many columns a text takes: a mark of Chinese, say, takes two, and one that is put on another none. */
export function widthOf(text: string): number {
  if (/^[\u0020-\u007e]*$/u.test(text)) return text.length
  let width = 0
  for (const mark of text.replace(emoji, '  ')) {
    const code = mark.codePointAt(0) ?? 0
    if (!noWidth.test(mark)) width += eastAsianWidth(code)
  }
  return width
}
const emoji = new RegExp('\\p{RGI_Emoji}', 'gv')
const noWidth = /\p{Cc}|[\u0300-\u036f]|[\u200b-\u200d]|[\u20d0-\u20ff]|[\ufe00-\ufe0f]|[\ufe20-\ufe2f]/u

/** The same for formatters that add up characters one by one, as ruff does: a sequence of emoji is as wide as all of them. */
export function widthByCharacter(text: string): number {
  if (/^[\u0020-\u007e]*$/u.test(text)) return text.length
  let width = 0
  for (const mark of text) if (!noColumn.test(mark)) width += eastAsianWidth(mark.codePointAt(0) ?? 0)
  return width
}
/** Marks on other characters, the joiner of emoji, vowels of Hangul that are put on a consonant, its filler. */
const noColumn = /[\p{Mn}\p{Me}\u200d\u1160-\u11ff\u3164]/u
