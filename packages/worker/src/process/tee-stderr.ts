/** This much may wait for whoever reads this program's stderr; what comes then is dropped. */
const mostWaiting = 1024 * 1024

/** Bytes that were dropped since it was last said. */
let dropped = 0

/**
 * Writes to this program's stderr, as `console.error` does: a host whose stderr has no reader must not end because of it. What
 * nobody reads is not kept without end: it is dropped, and counted.
 */
export function teeStderr(chunk: Buffer): void {
  const { stderr } = process
  if (stderr.writableLength > mostWaiting) {
    if (dropped === 0) stderr.once('drain', tellDropped)
    dropped += chunk.length
  } else write(chunk)
}

function tellDropped(): void {
  const bytes = dropped
  dropped = 0
  write(`\n[simple-ipc] ${bytes} bytes of a program's stderr were dropped here: nobody was reading\n`)
}

function write(chunk: Buffer | string): void {
  const { stderr } = process
  const ignored = (): void => undefined
  stderr.once('error', ignored)
  stderr.write(chunk, error => {
    if (error && stderr.listenerCount('error') === 0) stderr.once('error', ignored)
  })
  stderr.off('error', ignored)
}
