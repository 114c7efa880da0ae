// @ts-check

/**
 * Makes `total` calls, at most `inFlight` at once, and prints the result as contenders do. A fifth as many calls run
 * first, so that what is measured is neither the start of a process nor the compiling of its code.
 * @param {(index: number) => Promise<unknown>} call gets a number and answers with it plus one
 */
export async function measureCalls(call) {
  const [total, inFlight] = process.argv.slice(2).map(Number)
  if (total === undefined || inFlight === undefined) throw new Error('usage: CONTENDER TOTAL IN-FLIGHT')
  await run(call, total / 5, inFlight)
  const start = performance.now()
  const count = await run(call, total, inFlight)
  console.log(JSON.stringify({ seconds: (performance.now() - start) / 1000, count }))
}

/**
 * Resolves with the number of right answers.
 * @param {(index: number) => Promise<unknown>} call @param {number} total @param {number} inFlight
 */
async function run(call, total, inFlight) {
  let next = 0
  let right = 0
  const lane = async () => {
    while (next < total) {
      const index = next
      next += 1
      if ((await call(index)) === index + 1) right += 1
    }
  }
  await Promise.all(Array.from({ length: inFlight }, lane))
  return right
}
