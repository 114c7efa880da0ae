import { reportThrown } from '../errors/report-thrown.js'
import type { PeerOptions } from './peer-options.js'

type Callbacks = Pick<PeerOptions, 'onLine' | 'onUnknownNotification' | 'onProtocolError' | 'onError'>

/** The user's callbacks of a connection. What they throw goes to `onError`. */
export class UserCallbacks {
  private readonly callbacks: Callbacks

  constructor(callbacks: Callbacks) {
    this.callbacks = callbacks
  }

  line(line: string): void {
    const { onLine } = this.callbacks
    if (onLine !== undefined) this.attempt(() => onLine(line))
  }

  protocolError(message: string): void {
    this.attempt(() => this.callbacks.onProtocolError?.(message))
  }

  /** False if the user has no callback for them. */
  unknownNotification(method: string, params: unknown): boolean {
    const { onUnknownNotification } = this.callbacks
    if (onUnknownNotification === undefined) return false
    this.attempt(() => onUnknownNotification(method, params))
    return true
  }

  /** User code threw outside any call. */
  threw(error: unknown): void {
    reportThrown(error, this.callbacks.onError)
  }

  private attempt(callback: () => void): void {
    try {
      callback()
    } catch (error) {
      this.threw(error)
    }
  }
}
