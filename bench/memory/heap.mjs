// @ts-check
import v8 from 'node:v8'
import vm from 'node:vm'

v8.setFlagsFromString('--expose-gc')
const gc = /** @type {() => void} */ (vm.runInNewContext('gc'))

/** Bytes of heap in use, after everything that nobody holds was collected. */
export function heapInUse() {
  for (let i = 0; i < 4; i++) gc()
  return process.memoryUsage().heapUsed
}
