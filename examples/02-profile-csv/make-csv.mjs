// @ts-check
// Writes a large CSV file to try the profiler on:
//
//   node examples/02-profile-csv/make-csv.mjs big.csv 1000      (megabytes)
//
import { createWriteStream } from 'node:fs'
import { once } from 'node:events'

const cities = ['Berlin', 'Lagos', 'Lima', 'Osaka', 'Oslo', 'Quito', 'Rome']

/** Numbers in [0, 1) that are the same in every run. @param {number} seed */
export function randomNumbers(seed) {
  let state = seed >>> 0
  return () => {
    // A linear congruential generator is random enough for a test file.
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

/** Writes rows until the file has `bytes` bytes. @param {string} file @param {number} bytes */
export async function makeCsv(file, bytes) {
  const random = randomNumbers(1)
  const below = (/** @type {number} */ limit) => Math.floor(random() * limit)
  const two = (/** @type {number} */ number) => String(number).padStart(2, '0')
  const output = createWriteStream(file)
  let written = 0
  let id = 0
  let text = 'id,time,city,price,quantity,paid,code,comment\n'
  while (written < bytes) {
    while (text.length < 1 << 16) {
      id += 1
      const time = `2025-${two(1 + below(12))}-${two(1 + below(28))}T${two(below(24))}:${two(below(60))}:00Z`
      const price = (100 + 20 * (random() + random() + random() - 1.5)).toFixed(4)
      const paid = ['true', 'false', ''][below(3)]
      text += `${id},${time},${cities[below(cities.length)]},${price},${below(500)},${paid},${below(2 ** 31).toString(16)},"some, ""quoted"" text ${below(1e6)}"\n`
    }
    written += text.length
    if (!output.write(text)) await once(output, 'drain')
    text = ''
  }
  output.end()
  await once(output, 'close')
}

if (import.meta.filename === process.argv[1]) {
  const [file, megabytes] = process.argv.slice(2)
  if (file === undefined || !(Number(megabytes) > 0)) {
    console.error('usage: node make-csv.mjs FILE MEGABYTES')
    process.exit(2)
  }
  await makeCsv(file, Number(megabytes) * 1e6)
}
