/** What a child says on stderr of handlers that failed, taken out of what a program printed. */
export const withoutTracebacks = (text: string): string =>
  text
    .replace(/^simple-ipc: the handler of .*\nTraceback .*\n(?: {2}.*\n)+\w+Error: .*\n/gm, '')
    .replace(/^simple-ipc: the handler of .* failed:\n\w*Error: .*\n(?: {4}at .*\n)*/gm, '')
    .replace(/^simple-ipc: the handler of .* failed: .*\n/gm, '')
