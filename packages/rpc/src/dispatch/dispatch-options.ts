import type { ProgressStyle } from '../contract/contract-spec.js'
import type { Member } from '../contract/members.js'
import type { ViolationDetails } from '../errors/protocol-errors.js'
import type { Id } from '../protocol/message.js'
import type { BacklogEvents } from './backlog.js'
import type { RunningRequest } from './running-request.js'

export type Handler = (params: unknown, context: RunningRequest) => unknown

/** A method and what it does. */
export interface BoundMethod {
  member: Member
  handler: Handler
}

/** Requests that the contract does not declare. */
type FallbackHandler = (method: string, params: unknown, context: RunningRequest) => unknown

/** How requests are answered. */
export interface AnswerOptions {
  validate: boolean
  /** Errors that failed handlers answer with carry the stack. */
  debug: boolean
  /** Any integer may be an error's code: the other side is not bound to the contract. */
  foreign: boolean
  /** The Model Context Protocol wants no answer to a request that was cancelled. */
  answersCancelled: boolean
  /** How a foreign program takes reports of progress. */
  progress: ProgressStyle
  maxMessageBytes: number
  /** Told of what a method's handler threw and did not mean as its answer, and of a result that cannot be sent. */
  threw(error: unknown, method: string): void
}

export interface DispatchOptions extends AnswerOptions {
  /** The methods that are declared and implemented. */
  methods: ReadonlyMap<string, BoundMethod>
  /** The requests every peer answers: `rpc.ping` and the like. */
  reserved: ReadonlyMap<string, () => unknown>
  fallback: FallbackHandler | undefined
  /** Is it a request of our own that was echoed? Then its call was settled; an answer would be echoed, too. */
  isEcho: (id: Id, method: string, params: unknown, by: 'protocol' | 'fallback' | 'nobody') => boolean
  /** Told of requests that do not fit. */
  protocolError(message: string, details?: ViolationDetails): void
  backlog: BacklogEvents
  /** Creates what a handler gets as `peer`. */
  peer: (request: RunningRequest) => unknown
}
