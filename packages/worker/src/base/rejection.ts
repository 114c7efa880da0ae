/**
 * A promise that rejects with an error which gets the frames of whoever awaits it: `at async yourFunction (file:line)`.
 * To be resolved with where an error arises far from the call that it fails: `resolve(rejection(error))`. V8 knows who
 * awaits a promise, but says so only inside an async function on which that promise depends, and a moment later, when
 * it does depend on it. Costs nothing until something fails.
 *
 * @param settling called right before the promise rejects
 */
export async function rejection(error: Error, settling?: () => void): Promise<never> {
  // The first turn is over before the promise that is resolved with this one depends on it, the second after.
  await Promise.resolve()
  await Promise.resolve()
  addFrames(error, rejection)
  settling?.()
  throw error
}

/** Gives an error the frames of the present call, from the caller of `above` on. One that is frozen is left as it is. */
export function addFrames(error: Error, above: (...args: never[]) => unknown = addFrames): void {
  try {
    Error.captureStackTrace(error, above)
  } catch {
    // Its stack cannot be written.
  }
}
