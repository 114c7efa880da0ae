import { createHash } from 'node:crypto'

/** Eight hexadecimal digits that identify a text: for names that depend on nothing else in a contract. */
export const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 8)
