/** A promise that is resolved from outside. */
export class Deferred<T> {
  readonly promise: Promise<T>
  readonly resolve: (value: T) => void
  #settled = false

  constructor() {
    let settle!: (value: T) => void
    this.promise = new Promise(resolve => (settle = resolve))
    this.resolve = value => {
      this.#settled = true
      settle(value)
    }
  }

  get settled(): boolean {
    return this.#settled
  }
}
