/** What is wrong at one place of a contract, and how to fix it. */
export interface ContractFault {
  /** A JSON Pointer into what was given to `defineContract`. */
  path: string
  message: string
}

/** `defineContract` was given something that the protocol cannot carry. Lists every fault, not just the first. */
export class ContractError extends TypeError {
  declare readonly faults: readonly ContractFault[]

  constructor(contract: unknown, faults: readonly ContractFault[]) {
    const name = typeof contract === 'string' ? ` '${contract}'` : ''
    super(
      `The contract${name} cannot be used:\n${faults.map(({ path, message }) => `  ${path || '(the contract)'}: ${message}`).join('\n')}`,
    )
    // The message lists them all, more readably than an inspected object.
    Object.defineProperty(this, 'faults', { value: faults, enumerable: false })
  }
}
Object.defineProperty(ContractError.prototype, 'name', { value: 'ContractError', configurable: true })
