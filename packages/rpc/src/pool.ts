import { availableParallelism } from 'node:os'
import type { Command } from '@simple-ipc/worker'

import { startTimer, wrongTime } from './call-options.js'
import { Client } from './client.js'
import type { ClientLife, StopOptions } from './client-options.js'
import type { Contract, ContractSpec } from './contract-spec.js'
import type { CallOptions, HostHandlers, OptionsWithHost, RemoteChild, Stream } from './contract-types.js'
import { LaterStream } from './later-stream.js'
import { membersOf, type Member } from './members.js'
import {
  checkPoolOptions,
  clientOptions,
  type PoolLife,
  type PoolOptions,
  type PoolStats,
} from './pool-options.js'
import { PoolQueue } from './pool-queue.js'
import { cancelled, notRunning, RpcError, stopped, unknownMember } from './rpc-error.js'

/** A client without the types that its contract gives it. */
interface AnyClient extends ClientLife {
  call(method: string, params?: unknown, options?: CallOptions<unknown>): Promise<unknown>
  stream(
    method: string,
    params?: unknown,
    options?: CallOptions<unknown>,
  ): Stream<unknown, unknown> & { readonly settled: Promise<void> }
  notify(name: string, params?: unknown): void
  on(name: string, listener: (params: unknown) => unknown): () => void
}

/** One child and what it has to do. */
interface Slot {
  client: AnyClient
  open: number
  served: number
  /** It gets no new calls. */
  leaving: boolean
  idleTimer: NodeJS.Timeout | undefined
}

type Method = (params?: unknown, options?: CallOptions<unknown>) => Promise<unknown>

class ChildPool implements PoolLife {
  readonly methods: Readonly<Record<string, Method>>
  readonly #contract: Contract
  readonly #command: Command
  readonly #options: PoolOptions
  readonly #members: ReadonlyMap<string, Member>
  readonly #size: number
  readonly #concurrency: number
  readonly #queue: PoolQueue
  readonly #listeners = new Set<{
    name: string
    listener: (params: unknown) => unknown
    offs: Map<Slot, () => void>
  }>()
  readonly #counts = { started: 0, died: 0, recycled: 0, retried: 0 }
  #slots: Slot[] = []
  #stopped = false

  constructor(contract: Contract, command: Command, options: PoolOptions = {}) {
    checkPoolOptions(options)
    const wrong = wrongTime('idleStop', options.idleStop)
    if (wrong !== undefined) throw wrong
    this.#contract = contract
    this.#command = command
    this.#options = options
    this.#members = membersOf(contract, 'child')
    this.#size = options.size ?? availableParallelism()
    this.#concurrency = options.concurrency ?? 64
    this.#queue = new PoolQueue(options.maxQueue ?? 10_000)
    const methods = Object.create(null) as Record<string, Method>
    for (const { name, kind } of this.#members.values())
      if (kind === 'method') methods[name] = (params, given) => this.call(name, params, given)
    this.methods = Object.freeze(methods)
    // Wrong arguments are told now, not at the first call.
    new Client(contract, command, { ...clientOptions(options), start: false })
  }

  async call(method: string, params?: unknown, options?: CallOptions<unknown>): Promise<unknown> {
    const member = this.#members.get(method)
    const retries = member?.idempotent === true ? (this.#options.retries ?? 1) : 0
    for (let tries = 0; ; tries++) {
      const slot = await this.#place(method, options)
      try {
        return await slot.client.call(method, params, options)
      } catch (error) {
        const died = error instanceof RpcError && error.code === 'WORKER_EXITED'
        if (!died || tries >= retries || this.#stopped) throw error
        this.#counts.retried++
      } finally {
        this.#leave(slot)
      }
    }
  }

  stream(method: string, params?: unknown, options?: CallOptions<unknown>): Stream<unknown, unknown> {
    const member = this.#members.get(method)
    if (member?.item === undefined) throw unknownMember(method, 'streaming method', [])
    const controller = new AbortController()
    const run = async (): Promise<Stream<unknown, unknown>> => {
      const signal =
        options?.signal === undefined
          ? controller.signal
          : AbortSignal.any([options.signal, controller.signal])
      const slot = await this.#place(method, { ...options, signal })
      if (controller.signal.aborted) {
        this.#leave(slot)
        throw cancelled(method, controller.signal.reason)
      }
      const stream = slot.client.stream(method, params, options)
      void stream.settled.then(() => this.#leave(slot))
      return stream
    }
    return new LaterStream(run(), reason => controller.abort(reason))
  }

  /** Tells every child that runs. */
  notify(name: string, params?: unknown): void {
    if (this.#members.get(name)?.kind !== 'notification') throw unknownMember(name, 'notification', [])
    for (const { client, leaving } of this.#slots) if (!leaving) client.notify(name, params)
  }

  /** Hears every child, those too that are started later. */
  on(name: string, listener: (params: unknown) => unknown): () => void {
    const entry = { name, listener, offs: new Map<Slot, () => void>() }
    if (membersOf(this.#contract, 'host').get(name)?.kind !== 'notification')
      throw unknownMember(name, 'notification', [])
    this.#listeners.add(entry)
    for (const slot of this.#slots) entry.offs.set(slot, slot.client.on(name, listener))
    return () => {
      this.#listeners.delete(entry)
      for (const off of entry.offs.values()) off()
    }
  }

  isError(error: unknown, method: string, name: string): boolean {
    return error instanceof RpcError && error.method === method && error.errorName === name
  }

  stats(): PoolStats {
    return {
      children: this.#slots.length,
      idle: this.#slots.filter(({ open }) => open === 0).length,
      running: this.#slots.reduce((sum, { open }) => sum + open, 0),
      waiting: this.#queue.length,
      ...this.#counts,
    }
  }

  async stop(options: StopOptions = {}): Promise<void> {
    this.#stopped = true
    this.#queue.failAll(stopped)
    const slots = this.#slots
    for (const slot of slots) clearTimeout(slot.idleTimer)
    await Promise.all(slots.map(slot => slot.client.stop(options)))
  }

  [Symbol.dispose](): void {
    this.stop().catch(() => undefined)
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop()
  }

  /** A child with room for one more call, which counts from now on. */
  async #place(method: string, options: CallOptions<unknown> | undefined): Promise<Slot> {
    for (;;) {
      if (this.#stopped) throw notRunning(method)
      const slot = this.#find()
      if (slot !== undefined) {
        clearTimeout(slot.idleTimer)
        slot.open++
        slot.served++
        if (slot.served >= (this.#options.maxCallsPerWorker ?? Infinity)) slot.leaving = true
        return slot
      }
      await this.#queue.wait(method, options)
    }
  }

  /** An idle child, else a new one, else the one with the least to do, unless that has enough. */
  #find(): Slot | undefined {
    let least: Slot | undefined
    for (const slot of this.#slots) if (!slot.leaving && slot.open < (least?.open ?? Infinity)) least = slot
    if (least?.open === 0) return least
    if (this.#slots.filter(({ leaving }) => !leaving).length < this.#size) return this.#grow()
    return least !== undefined && least.open < this.#concurrency ? least : undefined
  }

  #grow(): Slot {
    this.#counts.started++
    const options = clientOptions(this.#options)
    const client = new Client(this.#contract, this.#command, options) as unknown as AnyClient
    const slot: Slot = { client, open: 0, served: 0, leaving: false, idleTimer: undefined }
    this.#slots.push(slot)
    for (const entry of this.#listeners) entry.offs.set(slot, client.on(entry.name, entry.listener))
    // What is dead gets no call, even if its last words are still being read.
    client.worker.on('exit', () => {
      if (this.#options.restart === undefined) slot.leaving = true
    })
    client.worker.on('close', () => {
      if (this.#slots.includes(slot) && !this.#stopped) this.#counts.died++
      // It is started again by itself, if it may be.
      if (this.#options.restart === undefined) this.#remove(slot)
    })
    client.worker.on('give-up', () => this.#remove(slot))
    return slot
  }

  #leave(slot: Slot): void {
    slot.open--
    if (slot.leaving && slot.open === 0 && this.#slots.includes(slot)) {
      this.#counts.recycled++
      this.#retire(slot)
    } else if (slot.open === 0) this.#shrinkLater(slot)
    this.#queue.next()
  }

  #shrinkLater(slot: Slot): void {
    clearTimeout(slot.idleTimer)
    if (this.#stopped) return
    slot.idleTimer = startTimer(this.#options.idleStop, () => {
      if (slot.open === 0 && this.#slots.length > (this.#options.min ?? 0)) {
        slot.leaving = true
        this.#retire(slot)
      }
    })
    slot.idleTimer?.unref()
  }

  /** The place is free at once; the program may take its time to end. */
  #retire(slot: Slot): void {
    this.#remove(slot)
    slot.client.stop().catch(() => undefined)
  }

  #remove(slot: Slot): void {
    const index = this.#slots.indexOf(slot)
    if (index < 0) return
    this.#slots.splice(index, 1)
    clearTimeout(slot.idleTimer)
    for (const { offs } of this.#listeners) {
      offs.get(slot)?.()
      offs.delete(slot)
    }
    this.#queue.next()
  }
}

/** Several children of one program, called like one. */
export type Pool<S extends ContractSpec> = RemoteChild<S> & PoolLife

/**
 * A client over several children of the same program: each call goes to the one with the least to do. Children are started
 * as they are needed, up to `size`. When one dies only its own calls fail; those of `idempotent` methods are sent again.
 * `notify` tells every child that runs, `on` hears all of them.
 */
export const Pool = ChildPool as unknown as new <S extends ContractSpec>(
  contract: Contract<S>,
  command: Command,
  ...options: NoInfer<OptionsWithHost<PoolOptions, HostHandlers<S>>>
) => Pool<S>
