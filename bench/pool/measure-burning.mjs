// @ts-check

/** About three milliseconds of work. */
const rounds = 1_000_000

/**
 * Has so many calls answered, all asked at once, after enough of them that every child runs compiled code.
 * @param {(params: { rounds: number }) => Promise<number>} burn
 */
export async function measureBurning(burn) {
  const count = Number(process.argv[2])
  await Promise.all(Array.from({ length: 40 }, () => burn({ rounds })))
  const start = performance.now()
  const all = await Promise.all(Array.from({ length: count }, () => burn({ rounds })))
  const right = all.filter(value => value === all[0]).length
  console.log(JSON.stringify({ seconds: (performance.now() - start) / 1000, count: right }))
}
