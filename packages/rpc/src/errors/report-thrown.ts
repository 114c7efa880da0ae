import { failureText } from './thrown.js'

/** What of the user's threw: the handler or a listener of `name`, or the callback of that name. */
export interface ErrorOrigin {
  readonly kind: 'handler' | 'listener' | 'callback'
  /** Of the method or notification; of a callback its own. */
  readonly name: string
}

/** Takes what user code threw; `origin` is undefined where it was not user code. */
export type OnError = (error: unknown, origin?: ErrorOrigin) => unknown

/** Passes an error that no promise reports to `onError`, or writes it to stderr. */
export function reportThrown(error: unknown, onError: OnError | undefined, origin?: ErrorOrigin): void {
  if (onError === undefined) say(error, origin)
  else
    callUser(
      () => onError(error, origin),
      failure => {
        say(error, origin)
        say(failure, { kind: 'callback', name: 'onError' })
      },
    )
}

/** Calls a function of the user's: whether it throws or rejects, `failed` is called. */
export function callUser(run: () => unknown, failed: (error: unknown) => void): void {
  try {
    const result = run()
    if (isThenable(result)) Promise.resolve(result).catch(failed)
  } catch (error) {
    failed(error)
  }
}

const isThenable = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'

const what: Readonly<Record<ErrorOrigin['kind'], string>> = {
  handler: 'the handler of',
  listener: 'a listener of',
  callback: 'the callback',
}

function say(error: unknown, origin: ErrorOrigin | undefined): void {
  const subject = origin === undefined ? '' : `${what[origin.kind]} '${origin.name}' failed:\n`
  console.error(`simple-ipc: ${subject}${failureText(error)}`)
}
