/** A value that is read: as a pointer, and with its methods. */
export interface Source {
  pointer: string
  value: string
}
export const same = (text: string): Source => ({ pointer: text, value: text })

/** An element of a list. */
export const element = (list: string, index: string | number): Source => ({
  pointer: `&${list}[${index}]`,
  value: `${list}[${index}]`,
})

/** Gives the statement that ends the function, from an expression for what went wrong. */
export type Fail = (err: string) => string

/** Variables of loops inside each other. */
export const numbered = (name: string, depth: number): string => (depth === 1 ? name : `${name}${depth}`)
export const indexName = (depth: number): string => numbered('i', depth)
