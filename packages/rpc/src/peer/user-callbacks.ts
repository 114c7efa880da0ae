import type { ViolationDetails } from '../errors/protocol-errors.js'
import { callUser, reportThrown, type ErrorOrigin } from '../errors/report-thrown.js'
import type { PeerOptions } from './peer-options.js'
import { UnheardViolations } from './unheard-violations.js'

type Callbacks = Pick<PeerOptions, 'onLine' | 'onUnknownNotification' | 'onProtocolError' | 'onError'>

/** The user's callbacks of a connection. What they throw goes to `onError`. */
export class UserCallbacks {
  private readonly callbacks: Callbacks
  private readonly unheard = new UnheardViolations()

  constructor(callbacks: Callbacks) {
    this.callbacks = callbacks
  }

  line(line: string): void {
    const { onLine } = this.callbacks
    if (onLine !== undefined) this.attempt('onLine', () => onLine(line))
  }

  /** @param details of a value that does not fit: people are told of it, whether or not there is a callback */
  protocolError(message: string, details?: ViolationDetails): void {
    const { onProtocolError } = this.callbacks
    if (onProtocolError !== undefined)
      this.attempt('onProtocolError', () => onProtocolError(message, details))
    else if (details !== undefined) this.unheard.say(message, details)
  }

  /** Something for which somebody may wait in vain: people are told of it, whether or not there is a callback. */
  warn(message: string): void {
    if (this.callbacks.onProtocolError === undefined) this.unheard.warn(message)
    else this.protocolError(message)
  }

  /** False if the user has no callback for them. */
  unknownNotification(method: string, params: unknown): boolean {
    const { onUnknownNotification } = this.callbacks
    if (onUnknownNotification === undefined) return false
    this.attempt('onUnknownNotification', () => onUnknownNotification(method, params))
    return true
  }

  /** User code threw, and no promise reports it. */
  threw(error: unknown, origin?: ErrorOrigin): void {
    reportThrown(error, this.callbacks.onError, origin)
  }

  private attempt(name: string, callback: () => unknown): void {
    callUser(callback, error => this.threw(error, { kind: 'callback', name }))
  }
}
