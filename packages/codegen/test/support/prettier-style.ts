/** How all code that is generated is laid out, as prettier is told. */
export const prettierStyle = {
  semi: false,
  singleQuote: true,
  arrowParens: 'avoid',
  printWidth: 100,
} as const
