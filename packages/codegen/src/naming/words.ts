// Names: text → words → the case of a language → no keyword. The same rules for every language.

/** `HTTPServer`, `http_server`, `http/server` → http, server. Letters of every script stay, in the form in which
 * identifiers are compared. */
export function words(text: string): string[] {
  return (
    text
      .normalize('NFKC')
      // Of numbers the sign is all that tells some apart.
      .replace(/^([+-])(?=\p{N})/u, (_, sign: string) => (sign === '+' ? 'plus ' : 'minus '))
      // Marks that cannot be seen: some languages allow them in names, others do not.
      .replace(/\p{Cf}/gu, '')
      .split(/(?:_|[^\p{XID_Continue}])+/u)
      .flatMap(part =>
        part
          .replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2')
          .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
          .split(' '),
      )
      .filter(word => word !== '')
      .map(word => word.toLowerCase())
  )
}

const capital = (word: string): string => {
  const [first = ''] = word
  return first.toUpperCase() + word.slice(first.length)
}

export const pascalCase = (text: string): string => words(text).map(capital).join('')
export const camelCase = (text: string): string => {
  const [first = '', ...rest] = words(text)
  return first + rest.map(capital).join('')
}
export const kebabCase = (text: string): string => words(text).join('-')
export const snakeCase = (text: string): string => words(text).join('_')
