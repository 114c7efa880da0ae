/** One step of a JSON Pointer (RFC 6901). */
export const step = (name: string | number): string =>
  `/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`

/** The name in a step, which was written without its slash. */
export const nameOfStep = (written: string): string => written.replaceAll('~1', '/').replaceAll('~0', '~')
