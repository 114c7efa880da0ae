/** Passes an error that user code threw outside any call to `onError`, or writes it to stderr. */
export function reportThrown(error: unknown, onError: ((error: unknown) => void) | undefined): void {
  try {
    if (onError === undefined)
      console.error('A listener or callback of a simple-ipc connection threw:', error)
    else onError(error)
  } catch {
    // There is nowhere left to report it.
  }
}
