import { formatExitReport, startTimer, type ExitReport } from '@simple-ipc/worker'

import { MemoryWatch } from './memory-watch.js'
import { bestOf, isStarting, newChild, serves, type AnyClient, type PoolChild } from './pool-child.js'
import type { PoolOptions } from './pool-options.js'
import type { PoolSupervisor } from './pool-supervisor.js'

export interface PoolChildrenOptions extends PoolOptions {
  size: number
  min: number
  concurrency: number
  /** Whether a program that has answered nothing may be sent a ping. */
  mayPing: boolean
}

export interface PoolChildrenEvents {
  started(child: PoolChild): void
  gone(child: PoolChild): void
  /** There may be room for another call. */
  room(): void
}

/**
 * The children of a pool: started when they are needed, and again as the supervisor has it; replaced when they have
 * served enough or take too much memory; let go when they are idle.
 */
export class PoolChildren {
  readonly counts = { started: 0, died: 0, recycled: 0 }
  private readonly options: PoolChildrenOptions
  private readonly supervisor: PoolSupervisor
  private readonly start: (command: number) => AnyClient
  private readonly events: PoolChildrenEvents
  private readonly memory: MemoryWatch | undefined
  private readonly children: PoolChild[] = []
  /** Programs that were let go and have not ended. */
  private readonly ending = new Set<AnyClient>()
  private open = 0
  private stopped = false

  constructor(
    options: PoolChildrenOptions,
    supervisor: PoolSupervisor,
    start: (command: number) => AnyClient,
    events: PoolChildrenEvents,
  ) {
    this.options = options
    this.supervisor = supervisor
    this.start = start
    this.events = events
    if (options.maxMemory !== undefined)
      this.memory = new MemoryWatch(
        options.maxMemory,
        () => this.children.flatMap(({ client }) => client.pid ?? []),
        pid => this.wear(this.children.find(({ client }) => client.pid === pid)),
      )
  }

  get all(): readonly PoolChild[] {
    return this.children
  }

  /** Starts what must be there: `min`, restarts that are due, successors. */
  fill(): void {
    if (this.stopped) return
    for (let next = this.supervisor.takeRestart(); next !== undefined; next = this.supervisor.takeRestart())
      this.add(next)
    while (this.places() < this.options.min && this.grow()) continue
    this.replaceNext()
  }

  /**
   * A child with room for one more call, which counts from now on: a warm one, else one that is to be replaced, else a
   * cold one, and each time the one with the least to do. Meanwhile another is started if there are more calls than
   * children. Undefined if each has enough.
   */
  take(): PoolChild | undefined {
    const { size, concurrency } = this.options
    let child = bestOf(this.children, concurrency)
    const isIdle = child?.phase === 'warm' && child.open === 0
    if (!isIdle && this.children.filter(serves).length <= this.open && this.places() < size && this.grow())
      child = bestOf(this.children, concurrency)
    if (child === undefined) {
      this.awaitRoom()
      return undefined
    }
    clearTimeout(child.idleTimer)
    this.open++
    child.open++
    child.served++
    if (this.isServed(child)) this.wear(child)
    return child
  }

  /** Takes a child back that has got so many bytes since it was taken that this call has to wait. False: it has not. */
  takeBack(child: PoolChild): boolean {
    if (!child.client.isFull) return false
    child.served--
    this.leave(child)
    return true
  }

  /** A call has ended. */
  leave(child: PoolChild): void {
    this.open--
    child.open--
    if (isStarting(child)) this.look(child)
    // One that has exited is counted when its output has ended.
    if (child.open === 0 && child.phase !== 'dead' && this.children.includes(child)) {
      if (child.phase === 'leaving') this.recycle(child)
      else this.shrinkLater(child)
    }
    this.events.room()
  }

  /** Will no call find a child, for none is there and none is to come by itself? */
  get isHopeless(): boolean {
    return this.children.length === 0 && this.supervisor.restarting === 0
  }

  /** No child is started or let go any more. Those that are still there, or still ending. */
  stop(): readonly AnyClient[] {
    this.stopped = true
    this.supervisor.stop()
    this.memory?.stop()
    for (const { idleTimer } of this.children) clearTimeout(idleTimer)
    return [...this.children.map(({ client }) => client), ...this.ending]
  }

  /** Children, and places that wait for one. A successor has none until that which it replaces is gone. */
  private places(): number {
    let count = this.supervisor.restarting
    for (const { phase, replaces } of this.children) if (phase !== 'dead' && replaces === undefined) count++
    return count
  }

  /**
   * Starts a child of the command that has the fewest, but not more than its share: the place of one that cannot start
   * stays free for it. False if none may be started.
   */
  private grow(): boolean {
    const { commands } = this.supervisor
    let least: number | undefined
    let fewest = Math.ceil(this.options.size / commands.length)
    for (const command of commands.keys()) {
      const own = this.children.filter(
        child => child.command === command && child.phase !== 'dead' && child.replaces === undefined,
      )
      if (own.length >= fewest || !this.supervisor.isOpen(command)) continue
      // After a start that failed one is tried at a time.
      if (this.supervisor.isSuspect(command) && own.some(isStarting)) continue
      fewest = own.length
      least = command
    }
    if (least !== undefined) this.add(least)
    return least !== undefined
  }

  private add(command: number, replaces?: PoolChild): void {
    this.counts.started++
    this.supervisor.started(command)
    const client = this.start(command)
    const phase = this.supervisor.isSuspect(command) ? 'trial' : 'cold'
    const child = newChild(client, command, phase, replaces)
    this.children.push(child)
    this.events.started(child)
    this.memory?.begin()
    void client.started.then(
      () => this.isReady(child),
      // Told by the end of its program.
      () => undefined,
    )
    // A child that has exited gets no call, even while its last output is still being read.
    client.worker.on('exit', () => {
      child.phase = 'dead'
    })
    client.worker.on('close', report => this.ended(child, report))
    client.worker.on('end', () => this.remove(child))
  }

  /** Its program was verified and prepared. */
  private isReady(child: PoolChild): void {
    if (child.phase === 'dead') return
    child.ready = true
    const { replaces } = child
    child.replaces = undefined
    if (replaces !== undefined && replaces.phase !== 'dead') {
      replaces.phase = 'leaving'
      if (replaces.open === 0) this.recycle(replaces)
      this.replaceNext()
    }
    this.look(child)
    if (!isStarting(child) || !this.options.mayPing) return
    const look = (): void => this.look(child)
    child.client.ping().then(look, look)
  }

  /** Is a cold child warm by now? One that cannot be asked is when it is ready. */
  private look(child: PoolChild): void {
    if (!isStarting(child) || !child.ready) return
    if (this.options.mayPing && !child.client.answered && this.options.onStart === undefined) return
    child.phase = 'warm'
    this.supervisor.up(child.command)
    if (this.isServed(child)) this.wear(child)
    if (child.open === 0) this.shrinkLater(child)
    this.events.room()
  }

  /** Tells when programs that do not read have read what waits for them. */
  private awaitRoom(): void {
    for (const child of this.children) {
      if (child.isDraining || !child.client.isFull) continue
      child.isDraining = true
      void child.client.drained().then(() => {
        child.isDraining = false
        this.events.room()
      })
    }
  }

  private isServed({ served }: PoolChild): boolean {
    return served >= (this.options.maxCallsPerWorker ?? Infinity)
  }

  /** It is to be replaced. */
  private wear(child: PoolChild | undefined): void {
    if (child?.phase !== 'warm') return
    child.phase = 'worn'
    this.replaceNext()
  }

  /** Starts the successor of one child; the others follow, so that there is never more than one child too many. */
  private replaceNext(): void {
    if (this.stopped || this.children.some(({ replaces, phase }) => replaces && phase !== 'dead')) return
    const worn = this.children.find(({ phase }) => phase === 'worn')
    if (worn !== undefined && this.supervisor.isOpen(worn.command)) this.add(worn.command, worn)
  }

  private shrinkLater(child: PoolChild): void {
    clearTimeout(child.idleTimer)
    if (this.stopped) return
    child.idleTimer = startTimer(this.options.idleStop, () => {
      if (child.open > 0 || this.children.length <= this.options.min) return
      this.retire(child)
    })
    child.idleTimer?.unref()
  }

  private recycle(child: PoolChild): void {
    this.counts.recycled++
    this.retire(child)
  }

  /** Its place is free at once; the program may take its time to end. */
  private retire(child: PoolChild): void {
    child.phase = 'leaving'
    this.remove(child)
    const { client } = child
    this.ending.add(client)
    const ended = (): void => void this.ending.delete(client)
    client.stop().then(ended, ended)
  }

  /** A program has ended that was not told to. */
  private ended(child: PoolChild, report: ExitReport): void {
    if (this.stopped || !this.children.includes(child)) return
    const { client, command, ready, replaces } = child
    this.counts.died++
    const wasUp = ready && (client.answered || this.options.onStart !== undefined)
    const reason = client.failure ?? formatExitReport(report)
    this.supervisor.ended(command, { ...report, wasUp, failed: !wasUp }, reason, replaces !== undefined)
  }

  private remove(child: PoolChild): void {
    const index = this.children.indexOf(child)
    if (index < 0) return
    this.children.splice(index, 1)
    clearTimeout(child.idleTimer)
    // Its successor has the place now.
    for (const other of this.children) if (other.replaces === child) other.replaces = undefined
    this.events.gone(child)
    if (!this.stopped) this.fill()
    this.events.room()
  }
}
