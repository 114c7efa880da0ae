import { startTimer } from '@simple-ipc/worker'
import type { ClientLife } from '../client/client-options.js'
import type { CallOptions, Stream } from '../contract/contract-types.js'
import type { PoolOptions } from './pool-options.js'

/** A client without the types that its contract gives it. */
export interface AnyClient extends ClientLife {
  call(method: string, params?: unknown, options?: CallOptions<unknown>): Promise<unknown>
  stream(
    method: string,
    params?: unknown,
    options?: CallOptions<unknown>,
  ): Stream<unknown, unknown> & { readonly settled: Promise<void> }
  notify(name: string, params?: unknown): void
  on(name: string, listener: (params: unknown) => unknown): () => void
}

/** One child and its calls. */
export interface PoolChild {
  readonly client: AnyClient
  open: number
  served: number
  /** It gets no new calls. */
  leaving: boolean
  /** It has exited, and its last output may still arrive. */
  dead: boolean
  idleTimer: NodeJS.Timeout | undefined
}

export interface PoolChildrenOptions extends PoolOptions {
  size: number
  concurrency: number
}

export interface PoolChildrenEvents {
  started(child: PoolChild): void
  gone(child: PoolChild): void
  /** There may be room for another call. */
  room(): void
}

/** The children of a pool: started when they are needed, let go when they have served enough, are idle, or exited. */
export class PoolChildren {
  readonly counts = { started: 0, died: 0, recycled: 0 }
  private readonly options: PoolChildrenOptions
  private readonly start: () => AnyClient
  private readonly events: PoolChildrenEvents
  private children: PoolChild[] = []
  private stopped = false

  constructor(options: PoolChildrenOptions, start: () => AnyClient, events: PoolChildrenEvents) {
    this.options = options
    this.start = start
    this.events = events
  }

  get all(): readonly PoolChild[] {
    return this.children
  }

  /**
   * A child with room for one more call, which counts from now on: an idle one, else a new one, else the one with the
   * least to do. Undefined if each has enough.
   */
  take(): PoolChild | undefined {
    const child = this.find()
    if (child === undefined) return undefined
    clearTimeout(child.idleTimer)
    child.open++
    child.served++
    if (child.served >= (this.options.maxCallsPerWorker ?? Infinity)) child.leaving = true
    return child
  }

  /** A call has ended. */
  leave(child: PoolChild): void {
    child.open--
    // One that has exited is counted when its output has ended.
    if (child.open === 0 && !child.dead && this.children.includes(child)) {
      if (child.leaving) {
        this.counts.recycled++
        this.retire(child)
      } else this.shrinkLater(child)
    }
    this.events.room()
  }

  /** No child is started or let go any more. */
  stop(): readonly PoolChild[] {
    this.stopped = true
    for (const { idleTimer } of this.children) clearTimeout(idleTimer)
    return this.children
  }

  private find(): PoolChild | undefined {
    let least: PoolChild | undefined
    let places = 0
    for (const child of this.children) {
      if (child.dead) continue
      places++
      if (child.leaving) continue
      if (least === undefined || loadOf(child) < loadOf(least)) least = child
    }
    if (least?.open === 0 && least.client.running) return least
    if (places < this.options.size) return this.grow()
    return least !== undefined && least.open < this.options.concurrency ? least : undefined
  }

  private grow(): PoolChild {
    this.counts.started++
    const client = this.start()
    const child: PoolChild = { client, open: 0, served: 0, leaving: false, dead: false, idleTimer: undefined }
    this.children.push(child)
    this.events.started(child)
    const staysDead = this.options.restart === undefined
    // A child that has exited gets no call, even while its last output is still being read.
    client.worker.on('exit', () => {
      if (staysDead) child.leaving = child.dead = true
    })
    client.worker.on('close', () => {
      if (this.children.includes(child) && !this.stopped) this.counts.died++
    })
    client.worker.on('end', () => this.remove(child))
    return child
  }

  private shrinkLater(child: PoolChild): void {
    clearTimeout(child.idleTimer)
    if (this.stopped) return
    child.idleTimer = startTimer(this.options.idleStop, () => {
      if (child.open > 0 || this.children.length <= (this.options.min ?? 0)) return
      child.leaving = true
      this.retire(child)
    })
    child.idleTimer?.unref()
  }

  /** Its place is free at once; the program may take its time to end. */
  private retire(child: PoolChild): void {
    this.remove(child)
    child.client.stop().catch(() => undefined)
  }

  private remove(child: PoolChild): void {
    const index = this.children.indexOf(child)
    if (index < 0) return
    this.children.splice(index, 1)
    clearTimeout(child.idleTimer)
    this.events.gone(child)
    this.events.room()
  }
}

/** What waits to be restarted is the last choice. */
const loadOf = ({ client, open }: PoolChild): number => (client.running ? open : open + 1e9)
