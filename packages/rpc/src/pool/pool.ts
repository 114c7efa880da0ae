import { availableParallelism } from 'node:os'
import { addFrames, checkOptions, offAbort, onAbort, rejection, type Command } from '@simple-ipc/worker'

import { askForMeta } from '../caller/call-meta.js'
import { since, wrongCallOptions, type TimedOptions } from '../caller/call-options.js'
import { hostRow, stopOptionTable, type StopOptions } from '../client/client-options.js'
import { Client } from '../client/client.js'
import { Drain } from '../client/drain.js'
import { KeepAlive } from '../client/keep-alive.js'
import type { Contract, ContractSpec } from '../contract/contract-spec.js'
import type {
  CallOptions,
  CommandAlone,
  HostHandlers,
  OptionsWithHost,
  RemoteChild,
  Stream,
} from '../contract/contract-types.js'
import { membersOf, isKind, namesOf, type Member, type MemberKind } from '../contract/members.js'
import { cancelled, poolGaveUp, poolOutage, poolStopped } from '../errors/local-errors.js'
import { reportThrown } from '../errors/report-thrown.js'
import { RpcError } from '../errors/rpc-error.js'
import { unknownMember } from '../errors/unknown-member.js'
import { isDebugged } from '../peer/peer-options.js'
import { OwnedMembers } from '../peer/remote-members.js'
import { DeferredStream } from './deferred-stream.js'
import { serves, type AnyClient, type PoolChild } from './pool-child.js'
import { PoolChildren } from './pool-children.js'
import { commandsOf, type Commands } from './pool-commands.js'
import { PoolListeners } from './pool-listeners.js'
import {
  clientOptions,
  poolDefaults,
  poolOptionTable,
  type PoolLife,
  type PoolOptions,
  type PoolStats,
} from './pool-options.js'
import { PoolQueue } from './pool-queue.js'
import { poolStats } from './pool-stats.js'
import { PoolSupervisor } from './pool-supervisor.js'

class ChildPool extends OwnedMembers implements PoolLife {
  readonly #options: PoolOptions
  /** The children's methods, and the notifications they may send. */
  readonly #there: ReadonlyMap<string, Member>
  readonly #here: ReadonlyMap<string, Member>
  readonly #supervisor: PoolSupervisor
  readonly #children: PoolChildren
  readonly #queue: PoolQueue<PoolChild>
  readonly #listeners = new PoolListeners()
  readonly #drain = new Drain()
  /** For calls that wait: there may be no child that keeps the event loop alive. */
  readonly #keepAlive = new KeepAlive()
  /** Calls that were accepted and have not settled, wherever they are. */
  #open = 0
  #retried = 0
  /** It accepts no new calls; and those that it accepted are given up. */
  #closing = false
  #stopped = false

  constructor(contract: Contract, command: Command | Commands, options: PoolOptions = {}) {
    super()
    checkOptions<PoolOptions>({ ...hostRow, ...poolOptionTable }, options, { name: 'a pool' })
    this.#options = options
    this.#there = membersOf(contract, 'child')
    this.#here = membersOf(contract, 'host')
    this.#queue = new PoolQueue(options.maxQueue ?? poolDefaults.maxQueue, !isDebugged(options), busy =>
      this.#keepAlive.set({ busy }),
    )
    const commands = commandsOf(command)
    const start = (which: Command, extra = {}): AnyClient =>
      new Client(contract, which, { ...clientOptions(options), ...extra }) as unknown as AnyClient
    // Wrong arguments are reported now, not at the first call.
    for (const one of commands) start(one, { start: false })
    const supervisor = new PoolSupervisor(commands, options.restart, {
      due: () => {
        this.#children.fill()
        this.#serveQueue()
      },
      gaveUp: reason => this.threw(poolGaveUp(supervisor.outage().ms, reason)),
    })
    this.#supervisor = supervisor
    const {
      size = Math.max(availableParallelism(), commands.length),
      concurrency = poolDefaults.concurrency,
    } = options
    const min = Math.min(size, options.min ?? poolDefaults.min)
    const mayPing = contract.spec.foreign === undefined
    this.#children = new PoolChildren(
      { ...options, size, min, concurrency, mayPing },
      supervisor,
      which => start(commands[which] ?? ''),
      {
        started: child => this.#listeners.started(child),
        gone: child => this.#listeners.gone(child),
        room: () => this.#serveQueue(),
      },
    )
    const { signal } = options
    if (signal?.aborted === true) this.#aborted()
    else if (signal !== undefined) onAbort(signal, this.#aborted)
    this.#children.fill()
  }

  async call(method: string, params?: unknown, options?: CallOptions<unknown>): Promise<unknown> {
    const { idempotent } = this.#member(method, 'method')
    const retries = idempotent ? (this.#options.retries ?? poolDefaults.retries) : 0
    const timed = this.#told(method, timedFromNow(options))
    this.#begin(method)
    try {
      for (let tries = 0; ; tries++) {
        let child = await this.#place(method, timed)
        while (this.#children.takeBack(child)) child = await this.#place(method, timed)
        try {
          return await child.client.call(method, params, timed)
        } catch (error) {
          const died = error instanceof RpcError && error.code === 'WORKER_EXITED'
          if (!died || tries >= retries || this.#stopped) throw error
          this.#retried++
        } finally {
          this.#children.leave(child)
        }
      }
    } finally {
      this.#end()
    }
  }

  stream(method: string, params?: unknown, options?: CallOptions<unknown>): Stream<unknown, unknown> {
    this.#member(method, 'streaming method')
    const controller = new AbortController()
    const { signal: own } = controller
    const place = async (timed: TimedOptions | undefined): Promise<PoolChild> => {
      // AbortSignal.any would leave something behind at a signal that outlives the call.
      const theirs = timed?.signal
      const follow = (): void => controller.abort(theirs?.reason)
      if (theirs?.aborted === true) follow()
      else if (theirs !== undefined) onAbort(theirs, follow)
      try {
        const child = await this.#place(method, { ...timed, signal: own })
        if (!own.aborted) return child
        this.#children.leave(child)
        throw cancelled(method, own.reason)
      } finally {
        if (theirs !== undefined) offAbort(theirs, follow)
      }
    }
    const run = async (): Promise<Stream<unknown, unknown>> => {
      const timed = this.#told(method, timedFromNow(options))
      this.#begin(method)
      try {
        let child = await place(timed)
        while (this.#children.takeBack(child)) child = await place(timed)
        const stream = child.client.stream(method, params, timed)
        void stream.settled.then(() => {
          this.#children.leave(child)
          this.#end()
        })
        return stream
      } catch (error) {
        this.#end()
        throw error
      }
    }
    return new DeferredStream(run(), reason => controller.abort(reason))
  }

  /** Notifies every running child: if one does not read and its queue is full, the others first, and then it throws. */
  notify(name: string, params?: unknown): void {
    this.#member(name, 'notification')
    const serving = this.#children.all.filter(serves)
    serving.sort((a, b) => Number(a.client.isFull) - Number(b.client.isFull))
    const meta = askForMeta(name, this.#options.meta)
    for (const { client } of serving) client.notify(name, params, meta && { meta })
  }

  get bufferedAmount(): number {
    return this.#children.all.reduce((sum, { client }) => sum + client.bufferedAmount, 0)
  }

  async drained(): Promise<void> {
    await Promise.all(this.#children.all.map(({ client }) => client.drained()))
  }

  /** Listens to every child, including those that are started later. */
  on(name: string, listener: (params: unknown) => unknown): () => void {
    if (this.#here.get(name)?.kind !== 'notification')
      throw unknownMember(name, 'notification', namesOf(this.#here, 'notification'))
    return this.#listeners.add(name, listener, this.#children.all)
  }

  stats(): PoolStats {
    const { length: waiting } = this.#queue
    return poolStats(this.#children, this.#supervisor, { waiting, retried: this.#retried })
  }

  async stop(options: StopOptions = {}): Promise<void> {
    const { drain = 0, ...grace } = checkOptions<StopOptions>(stopOptionTable, options, { name: 'a stop' })
    this.#closing = true
    if (drain > 0 && this.#open > 0) await this.#drain.wait(drain)
    this.#stopped = true
    this.#queue.failAll(poolStopped)
    if (this.#options.signal !== undefined) offAbort(this.#options.signal, this.#aborted)
    await Promise.all(this.#children.stop().map(client => client.stop(grace)))
  }

  protected methodNames(): string[] {
    return namesOf(this.#there, 'method')
  }

  protected threw(error: unknown): void {
    reportThrown(error, this.#options.onError)
  }

  /** A child with room for the call, at once if no call waits, else when it is this call's turn. */
  /** What runs when a call is made is asked then, not when a child has room for it. */
  #told(method: string, options: TimedOptions | undefined): TimedOptions | undefined {
    const { meta } = this.#options
    if (meta === undefined || options?.meta === null) return options
    return { ...options, meta: { ...askForMeta(method, meta), ...options?.meta } }
  }

  #place(method: string, options: TimedOptions | undefined): Promise<PoolChild> {
    if (this.#stopped) return rejection(poolStopped(method))
    const signal = options?.signal
    if (signal?.aborted === true) return rejection(cancelled(method, signal.reason))
    const child = this.#queue.length === 0 ? this.#children.take() : undefined
    if (child !== undefined) return Promise.resolve(child)
    if (this.#children.isHopeless) return rejection(poolOutage(method, this.#supervisor.outage()))
    return this.#queue.wait(method, options)
  }

  #serveQueue(): void {
    while (!this.#stopped && this.#queue.length > 0) {
      const child = this.#children.take()
      if (child !== undefined) this.#queue.next(child)
      else if (!this.#children.isHopeless) return
      else this.#queue.failAll(method => poolOutage(method, this.#supervisor.outage()))
    }
  }

  readonly #aborted = (): void => this[Symbol.dispose]()

  #begin(method: string): void {
    if (this.#closing) throw withFrames(poolStopped(method))
    this.#open++
  }

  #end(): void {
    if (--this.#open === 0) this.#drain.done()
  }

  #member(name: string, kind: MemberKind): Member {
    const member = this.#there.get(name)
    if (member !== undefined && isKind(member, kind)) return member
    throw unknownMember(name, kind, namesOf(this.#there, kind))
  }
}

function withFrames(error: RpcError): RpcError {
  addFrames(error, withFrames)
  return error
}

/** Waiting, being sent and being sent again: all of it is within one deadline. Throws a TypeError for invalid options. */
function timedFromNow(options: CallOptions<unknown> | undefined): TimedOptions | undefined {
  const wrong = wrongCallOptions(options)
  if (wrong !== undefined) throw wrong
  return options?.timeout === undefined ? options : { ...options, [since]: performance.now() }
}

/** Several children of one program, called like one. */
export type Pool<S extends ContractSpec> = RemoteChild<S> & PoolLife

/**
 * A client over several children: each call goes to the warm one with the least to do. Children are started as they are
 * needed, up to `size`; of several commands (a list of lists) evenly. When one dies only its own calls fail; those of
 * `idempotent` methods are sent again. `notify` notifies every running child, `on` listens to all of them.
 */
export const Pool = ChildPool as unknown as {
  // Also what the compiler reports on when `host` is missing: no other takes two arguments.
  new <S extends ContractSpec>(
    contract: Contract<S>,
    command: CommandAlone<Command | Commands, HostHandlers<S>>,
  ): Pool<S>
  new <S extends ContractSpec>(
    contract: Contract<S>,
    command: Command | Commands,
    ...optionsWithHost: OptionsWithHost<PoolOptions<RemoteChild<S>>, HostHandlers<S>, S>
  ): Pool<S>
}
