import { commandText, Supervisor, type Command, type RestartOptions, type RunEnd } from '@simple-ipc/worker'

/** Why a command cannot be started now. */
export interface Outage {
  readonly why: 'quarantine' | 'gave-up'
  /** Milliseconds until it may be tried again. */
  readonly ms: number
  /** How its last child ended, in words. */
  readonly reason: string
}

interface CommandLife {
  readonly text: string
  started: number
  died: number
  /** How its last child ended. */
  reason: string
}

export interface PoolSupervisorEvents {
  /** A place that waited for its restart, or a command that could not be started, may be started now. */
  due(): void
  /** Nothing is restarted for now: there were too many restarts. Once each time. */
  gaveUp(reason: string): void
}

/** What a pool knows of its commands, and when each may be started: the supervisor of worker, with its timers. */
export class PoolSupervisor {
  readonly commands: readonly CommandLife[]
  private readonly supervisor: Supervisor
  private readonly events: PoolSupervisorEvents
  private readonly timers = new Set<NodeJS.Timeout>()
  /** The commands of places that wait for their restart. */
  private readonly waiting: number[] = []
  private lastReason = ''

  constructor(
    commands: readonly Command[],
    restart: RestartOptions | undefined,
    events: PoolSupervisorEvents,
  ) {
    this.commands = commands.map(command => {
      const text = typeof command === 'string' ? command : commandText(command)
      return { text, started: 0, died: 0, reason: '' }
    })
    this.supervisor = new Supervisor(restart)
    this.events = events
  }

  /** Places that wait for their restart. */
  get restarting(): number {
    return this.waiting.length
  }

  /** Has its last start failed? */
  isSuspect(command: number): boolean {
    return this.supervisor.isSuspect(command)
  }

  /** May it be started now, because it is needed? */
  isOpen(command: number): boolean {
    return this.supervisor.closed(performance.now(), command) === undefined
  }

  /** Why none of the commands can be started now; of several the one that may be tried again first. */
  outage(): Outage {
    const now = performance.now()
    const closed = this.commands.flatMap(({ reason }, command) => {
      const one = this.supervisor.closed(now, command)
      return one === undefined ? [] : [{ why: one.why, ms: Math.ceil(one.until - now), reason }]
    })
    const [first] = closed.sort((a, b) => a.ms - b.ms)
    if (first === undefined) return { why: 'quarantine', ms: 0, reason: this.lastReason }
    return { ...first, reason: first.reason === '' ? this.lastReason : first.reason }
  }

  isQuarantined(command: number): boolean {
    return this.supervisor.closed(performance.now(), command)?.why === 'quarantine'
  }

  get gaveUp(): boolean {
    return this.supervisor.gaveUp(performance.now())
  }

  /** A place waited for its restart, and is taken now: the command to start. */
  takeRestart(): number | undefined {
    const index = this.waiting.findIndex(command => this.isOpen(command))
    return index < 0 ? undefined : this.waiting.splice(index, 1)[0]
  }

  started(command: number): void {
    const life = this.commands[command]
    if (life !== undefined) life.started++
  }

  up(command: number): void {
    this.supervisor.up(command)
  }

  /**
   * A child has ended by itself.
   * @param reason how, in words
   * @param keepsPlace its place is still taken: it was to replace another
   */
  ended(command: number, end: RunEnd, reason: string, keepsPlace: boolean): void {
    const life = this.commands[command]
    if (life !== undefined) {
      life.died++
      life.reason = reason
    }
    this.lastReason = reason
    const now = performance.now()
    const { then } = this.supervisor.ended(end, now, command)
    if (then === 'restart' && !keepsPlace) this.waiting.push(command)
    if (then === 'give-up') {
      this.waiting.length = 0
      this.events.gaveUp(reason)
    }
    const closed = this.supervisor.closed(now, command)
    if (closed !== undefined) this.wakeAt(closed.until)
  }

  stop(): void {
    for (const timer of this.timers) clearTimeout(timer)
    this.timers.clear()
    this.waiting.length = 0
  }

  private wakeAt(time: number): void {
    const timer = setTimeout(
      () => {
        this.timers.delete(timer)
        // A timer counts from when its turn of the event loop began, and so may fire too early.
        if (performance.now() < time) this.wakeAt(time)
        else this.events.due()
      },
      Math.ceil(time - performance.now()),
    )
    timer.unref()
    this.timers.add(timer)
  }
}
