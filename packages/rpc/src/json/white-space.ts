/** The white space that JSON has. JavaScript's own `trim` takes that of Unicode, and byte order marks, too. */
const around = /^[ \t\r\n]+|[ \t\r\n]+$/g

const isSpace = (code: number): boolean => code === 32 || code === 9 || code === 13 || code === 10

/** The text without JSON's white space around it. */
export const trimJson = (text: string): string =>
  isSpace(text.charCodeAt(0)) || isSpace(text.charCodeAt(text.length - 1)) ? text.replace(around, '') : text

/** Whether the text may be a message: an object or a list. */
export const opensObjectOrList = (text: string): boolean => /^[ \t\r\n]*[[{]/.test(text)
