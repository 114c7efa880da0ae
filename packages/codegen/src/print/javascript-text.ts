/** What is escaped in a source file: controls, separators, odd spaces, marks that change the reading direction. */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\ufeff]|(?! )\p{Zs}/gu

/** The same text with escapes for everything that a reader would not see. */
export const visible = (text: string): string => text.replace(invisible, escaped)

const escaped = (mark: string): string => {
  const code = (mark.codePointAt(0) ?? 0).toString(16)
  return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`
}

/** A string literal. */
export function quoted(text: string): string {
  const body = visible(
    text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t'),
  )
  // The quotes that need fewer escapes, single ones if it is the same.
  const singles = body.split("'").length
  const doubles = body.split('"').length
  return singles > doubles ? `"${body.replaceAll('"', '\\"')}"` : `'${body.replaceAll("'", "\\'")}'`
}

/** The name of a member, in quotes if it needs them. */
export const key = (name: string): string => (identifier.test(name) ? name : quoted(name))
const identifier = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u

/** The name of a property in an object literal: `__proto__: x` would be none. */
export const propertyName = (name: string): string => (name === '__proto__' ? "['__proto__']" : key(name))
