import type { Served } from '../caller/call-meta.js'
import type { ClientLife } from '../client/client-options.js'
import type { CallOptions, Stream } from '../contract/contract-types.js'

/** A client without the types that its contract gives it. */
export interface AnyClient extends ClientLife {
  call(method: string, params?: unknown, options?: CallOptions<unknown>): Promise<unknown>
  stream(
    method: string,
    params?: unknown,
    options?: CallOptions<unknown>,
  ): Stream<unknown, unknown> & { readonly settled: Promise<void> }
  notify(name: string, params?: unknown, served?: Served): void
  readonly bufferedAmount: number
  drained(): Promise<void>
  /** Too much waits for its program: a call would fail. */
  readonly isFull: boolean
  on(name: string, listener: (params: unknown) => unknown): () => void
  /** Its present start. */
  readonly started: Promise<void>
  /** Whether its program has answered anything. */
  readonly answered: boolean
  /** Why its program does not work, if not because of its exit. */
  readonly failure: string | undefined
}

/** What may be asked of a child. */
type ChildPhase =
  /** It starts, is prepared by `onStart`, or has answered nothing yet: it is called only if no other has room. */
  | 'cold'
  /** The same of a command whose last start failed: it is called only if there is no other child. */
  | 'trial'
  | 'warm'
  /** It is to be replaced, and serves until its successor is ready. */
  | 'worn'
  /** It gets no new calls, and is stopped when its last one has ended. */
  | 'leaving'
  /** It has exited, and its last output may still arrive. */
  | 'dead'

/** One child of a pool, and its calls. */
export interface PoolChild {
  readonly client: AnyClient
  /** Which of the pool's commands it is. */
  readonly command: number
  phase: ChildPhase
  /** Its program was verified and prepared. */
  ready: boolean
  /** The child whose place it takes when it is ready. */
  replaces: PoolChild | undefined
  open: number
  served: number
  /** Its program has to read first, and whoever waits for room is told when it has. */
  isDraining: boolean
  idleTimer: NodeJS.Timeout | undefined
}

export const newChild = (
  client: AnyClient,
  command: number,
  phase: 'cold' | 'trial',
  replaces: PoolChild | undefined,
): PoolChild => ({
  client,
  command,
  phase,
  ready: false,
  replaces,
  open: 0,
  served: 0,
  isDraining: false,
  idleTimer: undefined,
})

/** A later rank is asked only when none of an earlier one has room. */
const ranks: Readonly<Record<ChildPhase, number | undefined>> = {
  warm: 0,
  worn: 1,
  cold: 2,
  trial: 3,
  leaving: undefined,
  dead: undefined,
}

/** The child for the next call: the warmest with room, and of those the one with the least to do. */
export function bestOf(children: readonly PoolChild[], concurrency: number): PoolChild | undefined {
  let best: PoolChild | undefined
  let least = Infinity
  for (const child of children) {
    const rank = ranks[child.phase]
    if (rank === undefined || child.open >= concurrency || child.client.isFull) continue
    if (child.phase === 'trial' && children.some(isTrusted)) continue
    const weight = rank * 2 ** 32 + child.open
    if (weight < least) {
      least = weight
      best = child
    }
  }
  return best
}

const isTrusted = (child: PoolChild): boolean => serves(child) && child.phase !== 'trial'

/** Is it not known to be up? */
export const isStarting = ({ phase }: PoolChild): boolean => phase === 'cold' || phase === 'trial'

/** Does it take calls? */
export const serves = ({ phase }: PoolChild): boolean => ranks[phase] !== undefined
