/** Two that read one stdin would each get some of the requests. */
export const servedTwice = (first: string, second: string): Error =>
  new Error(
    `serve() was called for '${second}', but this program already serves '${first}': its stdin and stdout can belong to one contract only`,
  )
