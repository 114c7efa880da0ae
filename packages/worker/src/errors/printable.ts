const longest = 500

/**
 * Text of a program, safe to print on a terminal: control characters, line and paragraph separators, and those that
 * change the writing direction are escaped, and what is long is cut.
 */
export function printable(text: string, limit = longest): string {
  const cut = text.length > limit ? `${text.slice(0, limit)}… (${text.length} characters)` : text
  return cut.replace(hidden, character => {
    const code = character.codePointAt(0) ?? 0
    return code < 0x100
      ? `\\x${code.toString(16).padStart(2, '0')}`
      : `\\u${code.toString(16).padStart(4, '0')}`
  })
}

// eslint-disable-next-line no-control-regex -- finding control characters is what it is for
const hidden = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g
