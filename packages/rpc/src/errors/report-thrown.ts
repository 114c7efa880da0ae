/** Hands what the user's code threw, where nobody waits for it, to `onError`, or writes it to stderr. */
export function reportThrown(error: unknown, onError: ((error: unknown) => void) | undefined): void {
  try {
    if (onError === undefined)
      console.error('A listener or callback of a simple-ipc connection threw:', error)
    else onError(error)
  } catch {
    // Nobody is left to be told.
  }
}
