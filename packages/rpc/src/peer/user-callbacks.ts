import { reportThrown } from '../errors/report-thrown.js'
import type { PeerOptions } from './peer-options.js'

type Callbacks = Pick<PeerOptions, 'onLine' | 'onUnknownNotification' | 'onProtocolError' | 'onError'>

/** The user's callbacks about a connection. What they throw goes to the last of them, `onError`. */
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

  /** False if nobody asked for those. */
  unknownNotification(method: string, params: unknown): boolean {
    const { onUnknownNotification } = this.callbacks
    if (onUnknownNotification === undefined) return false
    this.attempt(() => onUnknownNotification(method, params))
    return true
  }

  /** Code of the user threw where nobody waits for it. */
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
