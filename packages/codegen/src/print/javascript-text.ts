/** A text as a literal of JavaScript. */
export function quoted(text: string): string {
  const plain = JSON.stringify(text)
  return /['"\\]/.test(plain.slice(1, -1)) ? plain : `'${plain.slice(1, -1)}'`
}
