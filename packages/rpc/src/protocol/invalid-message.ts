import { ErrorCode } from '../errors/error-code.js'
import type { BatchAnswers, MessageSink } from './message-sink.js'
import { isId, type WireMessage } from './message.js'

/** Refuses what says that it is a message and is none: with its own id if that can be used, else with null. */
export function refuseInvalid(sink: MessageSink, message: WireMessage, batch?: BatchAnswers): void {
  const { id } = message
  const usable = isId(id) && !sink.isRunning(id)
  sink.refuse(usable ? id : null, ErrorCode.InvalidRequest, whyInvalid(message), undefined, batch)
}

function whyInvalid({ method, params, id }: WireMessage): string {
  if (typeof method !== 'string') return 'The method of a request must be a string'
  if (params !== undefined && typeof params !== 'object')
    return 'The params of a request must be an object or an array'
  return `The id of a request must be a string or an integer${id === null ? ', and null is neither' : ''}`
}
