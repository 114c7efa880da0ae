/** An escape in a JSON text, or the surrogate escapes among them: a pair, or a lone one. */
const escapes =
  /\\(?:u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|(u[dD][89a-fA-F][\da-fA-F]{2})|[^])/g

/** Each lone surrogate escape becomes U+FFFD. Strings are valid Unicode on both sides of the wire. */
export function withoutLoneSurrogates(json: string): string {
  if (!json.includes('\\ud') && !json.includes('\\uD')) return json
  return json.replace(escapes, (whole, lone?: string) => (lone === undefined ? whole : '\ufffd'))
}

/** JSON.stringify, except that what JSON cannot represent is null and that lone surrogates are replaced. */
export function toJson(value: unknown): string {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return `${value}`
  // The declared type forgets that undefined, functions and symbols have no text.
  const text = JSON.stringify(value) as string | undefined
  if (text === undefined) return 'null'
  return text.includes('\\ud') ? withoutLoneSurrogates(text) : text
}
