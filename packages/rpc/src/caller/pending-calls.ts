import { addFrames, offAbort, rejection } from '@simple-ipc/worker'

import type { CallOptions } from '../contract/contract-types.js'
import type { Member } from '../contract/members.js'
import { RpcError } from '../errors/rpc-error.js'
import { IdTable } from '../protocol/id-table.js'

/** The executor's two functions, without a closure for each call. */
let grabbedResolve: (value: unknown) => void
let grabbedReject: (error: unknown) => void
const grab = (resolve: (value: unknown) => void, reject: (error: unknown) => void): void => {
  grabbedResolve = resolve
  grabbedReject = reject
}

/** What may end a call before its answer does. */
export interface CallLimits {
  deadline: NodeJS.Timeout | undefined
  idle: NodeJS.Timeout | undefined
  /** Something of the call arrived after `idle` had fired. */
  isTouched: boolean
  /** Those that end it. */
  signals: readonly AbortSignal[]
  onAborted: () => void
  /** Called once it has ended. */
  ended: (() => void) | undefined
  /** How many messages and plain lines had arrived when it was made. */
  messagesBefore: number
  linesBefore: number
}

/** A call's items on their way to their reader. */
interface CallItems {
  /** An item arrived; `bytes` of its message. */
  push(value: unknown, bytes: number): void
  /** The call ended. A failed one whose result nobody awaits must not end the process. */
  finish(error: Error | undefined): void
}

/** A call that waits for its answer. It settles once; what comes later does nothing. */
export class PendingCall {
  /** 0 until it was sent. */
  id = 0
  readonly member: Member
  readonly options: CallOptions<unknown> | undefined
  readonly promise: Promise<unknown>
  stream: CallItems | undefined = undefined
  /** What it carries besides its params, as members of its message. */
  carried = ''
  settled = false
  /** What may end it from outside, if anything. */
  limits: CallLimits | undefined = undefined
  /** Its params as JSON, where its echo is recognized by them. */
  sentParams: string | undefined = undefined
  private readonly resolve: (value: unknown) => void
  private readonly reject: (error: unknown) => void

  constructor(member: Member, options: CallOptions<unknown> | undefined) {
    this.member = member
    this.options = options
    this.promise = new Promise(grab)
    this.resolve = grabbedResolve
    this.reject = grabbedReject
  }

  /** Something of this call arrived: its idle timeout restarts. */
  touch(): void {
    const { limits } = this
    if (limits === undefined) return
    limits.isTouched = true
    limits.idle?.refresh()
  }

  succeed(result: unknown): void {
    if (!this.close()) return
    this.resolve(result)
    this.stream?.finish(undefined)
  }

  /** The error gets the frames of whoever awaits the call, if it has none. */
  fail(error: Error): void {
    if (!this.close()) return
    // As late as that: V8 tells who awaits a promise only while nobody else waits for it.
    if (error instanceof RpcError) this.resolve(rejection(error, () => this.handle()))
    else this.rejectNow(error)
    this.stream?.finish(error)
  }

  /** Fails it while it is being made: the caller is on the stack. */
  refuse(error: Error): void {
    if (!this.close()) return
    if (error instanceof RpcError) addFrames(error)
    this.rejectNow(error)
    this.stream?.finish(error)
  }

  private rejectNow(error: Error): void {
    this.handle()
    this.reject(error)
  }

  /** The result of a stream need not be used. */
  private handle(): void {
    if (this.stream !== undefined) this.promise.catch(ignore)
  }

  private close(): boolean {
    if (this.settled) return false
    this.settled = true
    if (this.limits !== undefined) {
      const { deadline, idle, signals, onAborted, ended } = this.limits
      clearTimeout(deadline)
      clearTimeout(idle)
      for (const signal of signals) offAbort(signal, onAborted)
      ended?.()
    }
    return true
  }
}

const ignore = (): void => undefined

/** The calls of one peer that were sent and are not answered, by id. Ids are positive integers, never used twice. */
export class PendingCalls {
  private readonly calls = new IdTable<PendingCall>()
  private lastId = 0

  get size(): number {
    return this.calls.size
  }

  /** Numbers a call. */
  add(call: PendingCall): number {
    const id = ++this.lastId
    call.id = id
    this.calls.add(call)
    return id
  }

  get(id: unknown): PendingCall | undefined {
    return this.calls.get(id)
  }

  /** The call is no longer waited for. */
  remove(id: number): void {
    this.calls.remove(id)
  }

  /** Was this id ever given to a call? If that is not open, a response to it is late. */
  wasUsed(id: unknown): boolean {
    return Number.isInteger(id) && (id as number) >= 1 && (id as number) <= this.lastId
  }

  /** The methods in flight, in the order of their calls. */
  methods(): string[] {
    return this.calls.all().map(call => call.member.name)
  }

  all(): PendingCall[] {
    return this.calls.all()
  }

  /** Settles every call with an error of its own. */
  failAll(errorFor: (method: string) => RpcError): void {
    const calls = this.calls.all()
    this.calls.clear()
    for (const call of calls) call.fail(errorFor(call.member.name))
  }
}
