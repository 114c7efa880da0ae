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
