// @ts-check
import { createBirpc } from 'birpc'

createBirpc(
  { increment: (/** @type {number} */ value) => value + 1 },
  { post: data => process.send?.(data), on: listener => process.on('message', listener) },
)
