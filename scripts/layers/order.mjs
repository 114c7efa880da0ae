// @ts-check
/** @import { Order } from '../../layers.config.mjs' */

/**
 * Each folder of an order with the folders below it, which are those that it may import from.
 * @param {Order} order
 */
export function lowerFolders(order) {
  /** @type {Map<string, readonly string[]>} */
  const lower = new Map()
  place(order, [])
  return lower

  /** Places a chain above some folders; gives the chain's own. @param {Order} chain @param {readonly string[]} below */
  function place(chain, below) {
    /** @type {string[]} */
    const placed = []
    for (const step of chain) {
      const before = [...below, ...placed]
      if (typeof step === 'string') {
        lower.set(step, before)
        placed.push(step)
      } else placed.push(...step.apart.flatMap(each => place(each, before)))
    }
    return placed
  }
}
