import { isStarting, serves } from './pool-child.js'
import type { PoolChildren } from './pool-children.js'
import type { PoolStats } from './pool-options.js'
import type { PoolSupervisor } from './pool-supervisor.js'

/** How a pool is doing. @param calls what its queue knows */
export function poolStats(
  { all, counts }: PoolChildren,
  supervisor: PoolSupervisor,
  calls: { waiting: number; retried: number },
): PoolStats {
  const alive = all.filter(({ phase }) => phase !== 'dead')
  const commands = supervisor.commands.map(({ text, started, died }, command) => ({
    command: text,
    children: alive.filter(child => child.command === command).length,
    started,
    died,
    quarantined: supervisor.isQuarantined(command),
  }))
  return {
    children: alive.length,
    starting: alive.filter(isStarting).length,
    warm: alive.filter(child => serves(child) && !isStarting(child)).length,
    restarting: supervisor.restarting,
    quarantined: commands.filter(({ quarantined }) => quarantined).length,
    gaveUp: supervisor.gaveUp,
    idle: alive.filter(({ open }) => open === 0).length,
    running: all.reduce((sum, { open }) => sum + open, 0),
    ...counts,
    ...calls,
    commands,
  }
}
