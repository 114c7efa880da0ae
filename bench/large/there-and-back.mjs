// @ts-check
/**
 * Sends a string of so many bytes there and back, so many times, and prints the time and by how much memory rose at
 * its highest, in the host, in megabytes and as a multiple of the message.
 * @param {(text: string) => Promise<unknown>} echo
 */
export async function thereAndBack(echo) {
  const [bytes, times] = process.argv.slice(2).map(Number)
  if (bytes === undefined || times === undefined) throw new Error('usage: CONTENDER BYTES TIMES')
  const text = 'simple-ipc '.repeat(Math.ceil(bytes / 11)).slice(0, bytes)
  // Flattened, so that the string itself is in memory before anything is measured.
  Buffer.byteLength(text)
  await echo('warm')
  const before = process.memoryUsage().rss
  const start = performance.now()
  let count = 0
  for (let i = 0; i < times; i++) if ((await echo(text)) === text) count++
  const seconds = (performance.now() - start) / 1000
  const peak = process.resourceUsage().maxRSS * 1024 - before
  console.log(JSON.stringify({ seconds, count, peakMB: peak / 1e6, peakMessages: peak / bytes }))
}
