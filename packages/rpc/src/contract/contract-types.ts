import type { Static, TProperties, TSchema } from 'typebox'

import type { RpcError } from '../errors/rpc-error.js'
import type { ContractSpec, Side } from './contract-spec.js'

// What a contract means in TypeScript. Schemas become plain tables once, in mapped types that no type parameter of a
// call enters, and a row is read with `M[K] extends { args: infer A } ? A : never`. A signature that reaches
// `Static<…K…>` or `M[K]['args']` instead costs over a million instantiations, however small the contract.

// What has no members: the default of every missing part, and what params must accept for the call to omit them.
// eslint-disable-next-line @typescript-eslint/no-generated-empty-object-type
type None = Record<never, never>
type TypesOf<S> = S extends { readonly types: infer T extends TProperties } ? T : None
type MethodsOf<S, D extends Side> = S extends Readonly<Record<D, { readonly methods: infer M }>> ? M : None
type NotesOf<S, D extends Side> =
  S extends Readonly<Record<D, { readonly notifications: infer N }>> ? N : None

/** The value of one schema; a top-level `Type.Optional` is nothing to `Static` and must be looked at here. */
type ValueOf<V extends TSchema, T extends TProperties> = V extends { '~unsafe': infer U }
  ? // Its type is written down: what `Static` would find after some thirty questions.
    U
  : V extends { '~optional': true }
    ? Static<V, T> | undefined
    : Static<V, T>
type Get<M, K extends string, T extends TProperties, Otherwise> =
  M extends Readonly<Record<K, infer V extends TSchema>> ? ValueOf<V, T> : Otherwise

interface Row {
  params: unknown
  args: unknown[]
  result: unknown
  item: unknown
  progress: unknown
  errors: unknown
}
type RowOf<M, T extends TProperties> = {
  params: Get<M, 'params', T, undefined>
  args: CallArgs<Get<M, 'params', T, undefined>, CallOptions<Get<M, 'progress', T, never>>>
  result: Get<M, 'result', T, void>
  item: Get<M, 'stream', T, never>
  progress: Get<M, 'progress', T, never>
  // Written out here: an alias would show schemas in hovers.
  errors: M extends { readonly errors: infer E }
    ? {
        [N in keyof E]: E[N] extends { readonly code: infer C extends number }
          ? RpcError<C, Get<E[N], 'data', T, undefined>>
          : never
      }
    : None
}
type Table<M, T extends TProperties> = { [K in keyof M]: RowOf<M[K], T> }
type Notes<N, T extends TProperties> = { [K in keyof N]: N[K] extends TSchema ? ValueOf<N[K], T> : never }
type Streaming<M> = { [K in keyof M as M[K] extends { readonly stream: TSchema } ? K : never]: M[K] }

type CallArgs<P, O> = undefined extends P
  ? [params?: P, options?: O]
  : None extends P
    ? [params?: P, options?: O]
    : [params: P, options?: O]
type NotifyArgs<P> = undefined extends P ? [params?: P] : None extends P ? [params?: P] : [params: P]

// ---- calling -------------------------------------------------------------------------------------------------------

/** Options of a call. */
export interface CallOptions<Progress = never> {
  /** Cancels the call when aborted: it settles at once with `CANCELLED`, and the handler's `signal` is aborted. */
  signal?: AbortSignal | undefined
  /** A deadline in milliseconds from sending. Default: no limit. */
  timeout?: number | undefined
  /** The longest silence in milliseconds; restarts at each progress report or item of this call. Default: no limit. */
  idleTimeout?: number | undefined
  /** Called with each progress report; reports may be merged when the reader is slow. */
  onProgress?: ((progress: Progress) => void) | undefined
  /**
   * What the call tells of its caller, as tracers do: strings, at most 8 KiB. Added to what the option `meta` of this side says,
   * and in a handler to what its own caller told; null sends nothing. Never sent to foreign programs.
   */
  meta?: Readonly<Record<string, string>> | null | undefined
}

/** The items of a streaming call, and its result. */
export interface Stream<Item, Result> extends AsyncIterable<Item> {
  /** Settles when the call has ended. Never an unhandled rejection. */
  readonly result: Promise<Result>
  /** Ends the call; `result` and loops reject with `CANCELLED`. Leaving a loop early does the same. */
  cancel(reason?: unknown): void
  [Symbol.dispose](): void
}

type ArgsOf<R> = R extends { args: infer A extends unknown[] } ? A : never
type ResultOf<R> = R extends { result: infer A } ? A : never
type StreamOf<R> = R extends { item: infer I; result: infer A } ? Stream<I, A> : never
type NamesOf<R> = R extends { errors: infer E } ? keyof E & string : never
type ErrorAt<R, N> = R extends { errors: infer E } ? (N extends keyof E ? E[N] : never) : never

/**
 * What the other side offers: its methods M, the streaming ones among them SM, its notifications N; and O,
 * the notifications it may send. A type literal, not an interface: a hover then shows params and results, not schemas.
 */
export type Remote<M, SM, N, O> = {
  /** Calls a method; the items of a streaming one are dropped. */
  call<K extends keyof M & string>(method: K, ...args: ArgsOf<M[K]>): Promise<ResultOf<M[K]>>
  /** Calls a streaming method. */
  stream<K extends keyof SM & string>(method: K, ...args: ArgsOf<SM[K]>): StreamOf<SM[K]>
  /** Sends a notification, which is not answered. */
  notify<K extends keyof N & string>(name: K, ...args: NotifyArgs<N[K]>): void
  /**
   * How many bytes of calls, notifications and answers wait for the other side to read them, or for a connection. When that
   * is more than `maxQueuedBytes`, further calls and notifications fail with `QUEUE_FULL`.
   */
  readonly bufferedAmount: number
  /** Resolves when the pipe to the other side has taken all of it, or there is no other side any more. Never rejects. */
  drained(): Promise<void>
  /** Listens to a notification; the returned function ends it. */
  on<K extends keyof O & string>(name: K, listener: (params: O[K]) => void): () => void
  /**
   * Every method as a function: `methods.add({ a, b })` is `call('add', { a, b })`. One named `then` is left out, since `await`
   * would take the object for a promise.
   */
  readonly methods: {
    readonly [K in keyof M as Exclude<K, 'then'>]: (...args: ArgsOf<M[K]>) => Promise<ResultOf<M[K]>>
  }
  /** Is this the error that the contract declares under this name? Then `code` and `data` are known. */
  isError<K extends keyof M & string, E extends NamesOf<M[K]>>(
    error: unknown,
    method: K,
    name: E,
  ): error is ErrorAt<M[K], E>
}
type RemoteSide<S, There extends Side, Here extends Side> = Remote<
  Table<MethodsOf<S, There>, TypesOf<S>>,
  Table<Streaming<MethodsOf<S, There>>, TypesOf<S>>,
  Notes<NotesOf<S, There>, TypesOf<S>>,
  Notes<NotesOf<S, Here>, TypesOf<S>>
>
/** The child, as its host sees it. */
export type RemoteChild<S extends ContractSpec> = RemoteSide<S, 'child', 'host'>
/** The host, as its child sees it. */
export type RemoteHost<S extends ContractSpec> = RemoteSide<S, 'host', 'child'>

// ---- answering -----------------------------------------------------------------------------------------------------

type ErrorArgs<E> =
  E extends RpcError<number, infer D>
    ? undefined extends D
      ? [data?: undefined, message?: string]
      : [data: D, message?: string]
    : never

/** What a handler gets in addition to its params. */
export interface Context<Progress, Errors, Peer> {
  /** Aborted when the caller cancels, or when the other side is gone. */
  readonly signal: AbortSignal
  /** Reports progress to the caller. Reports may be merged when the reader is slow. */
  readonly progress: (value: Progress) => void
  /** An error that this method declares, ready to throw. */
  readonly error: <E extends keyof Errors & string>(name: E, ...args: ErrorArgs<Errors[E]>) => RpcError
  /** The other side. */
  readonly peer: Peer
  /** What the call tells of its caller; calls of `peer` pass it on. */
  readonly meta: Readonly<Record<string, string>>
  /** The id of the open call of this side that the request serves: it was made in that call's handler. */
  readonly for: string | number | undefined
}
/** One step of a generator: the next item, or the result. */
type Step<Item, Result> = { done?: false | undefined; value: Item } | { done: true; value: Result }

/** What an `async function*` that yields items and returns a result makes. Its own type, for shorter messages. */
export interface Items<Item, Result> {
  next(): Promise<Step<Item, Result>>
  return(value: never): Promise<unknown>
  throw(error: unknown): Promise<Step<Item, Result>>
}

// Named, and in this order, so that messages begin with what a handler must answer and not with what it is given.
/** Implements a method: answers with its result. */
export type MethodHandler<Result, Params, C> = (params: Params, context: C) => Result | Promise<Result>
/** Implements a streaming method: an `async function*` that yields items and returns the result. */
export type StreamHandler<Item, Result, Params, C> = (params: Params, context: C) => Items<Item, Result>
type Handler<M, R extends Row, Peer> = M extends { readonly stream: TSchema }
  ? StreamHandler<R['item'], R['result'], R['params'], Context<R['progress'], R['errors'], Peer>>
  : MethodHandler<R['result'], R['params'], Context<R['progress'], R['errors'], Peer>>
type Handlers<M, N, T extends TProperties, Peer> = {
  [K in keyof M]: Handler<M[K], RowOf<M[K], T>, Peer>
} & { [K in keyof N]?: N[K] extends TSchema ? (params: ValueOf<N[K], T>) => void | Promise<void> : never }

/** One flat type that carries no alias (a conditional's branch has none), so that messages name members, not schemas. */
type Flat<T> = T extends infer U ? { [K in keyof U]: U[K] } : never
/** What a child implements: every method, and the notifications it wants. */
export type ChildHandlers<S extends ContractSpec> = Flat<
  Handlers<MethodsOf<S, 'child'>, NotesOf<S, 'child'>, TypesOf<S>, RemoteHost<S>>
>
/** What a host implements: every method, and the notifications it wants. */
export type HostHandlers<S extends ContractSpec> = Flat<
  Handlers<MethodsOf<S, 'host'>, NotesOf<S, 'host'>, TypesOf<S>, RemoteChild<S>>
>

/**
 * The last arguments of `new Client`: `host` must be there exactly if the contract lets the child call something. `NoInfer`,
 * for the contract tells everything: looking for it in the argument of `onStart` costs over a million instantiations.
 */
export type OptionsWithHost<Options, H, S> = None extends H
  ? [options?: NoInfer<{ host?: H | undefined } & Options>]
  : S extends { readonly foreign: object | true }
    ? [options: NoInfer<({ host: H } | SomeHandlers<H>) & Options>]
    : [options: NoInfer<{ host: H } & Options>]
/** What a foreign program asks, and has no handler here, `fallback` answers. */
type SomeHandlers<H> = { host?: Partial<H> | undefined; fallback: object }

/** The command of a client without options: a sentence, which no command is, if the contract lets the child call something. */
export type CommandAlone<Command, H> = None extends H ? Command : MissingHandlers<H>
/** What the compiler prints where the handlers of the host are missing: one sentence for each. */
export type MissingHandlers<H> = `Pass { host: { ${RequiredNames<H>}: … } } as the last argument`
type RequiredNames<H> = { [K in keyof H & string]: None extends Pick<H, K> ? never : K }[keyof H & string]
