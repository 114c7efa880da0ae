import {
  idNotUsable,
  methodNotString,
  paramsNotContainer,
  type ProtocolError,
} from '../errors/protocol-errors.js'
import type { BatchAnswers, MessageSink } from './message-sink.js'
import { isId, type WireMessage } from './message.js'

/** Rejects what claims to be a message but is not valid: with its own id if that can be used, else with null. */
export function refuseInvalid(sink: MessageSink, message: WireMessage, batch?: BatchAnswers): void {
  const { id } = message
  const usable = isId(id) && !sink.isRunning(id)
  sink.refuse(usable ? id : null, whyInvalid(message), batch)
}

function whyInvalid({ method, params, id }: WireMessage): ProtocolError {
  if (typeof method !== 'string') return methodNotString
  return params !== undefined && typeof params !== 'object' ? paramsNotContainer : idNotUsable(id)
}
