// @ts-check

/**
 * Reads a stream of so many items and prints the result as contenders do. A tenth as many are read first, so that
 * neither the start of a process nor the compiling of its code is measured.
 * @param {(items: number) => Promise<number>} read gives the sum of 0 … items − 1
 */
export async function measureStream(read) {
  const items = Number(process.argv[2])
  await read(items / 10)
  const start = performance.now()
  const sum = await read(items)
  const seconds = (performance.now() - start) / 1000
  console.log(JSON.stringify({ seconds, count: sum === (items * (items - 1)) / 2 ? items : 0 }))
}
