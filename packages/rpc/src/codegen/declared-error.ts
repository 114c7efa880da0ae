import { RpcError } from '../errors/rpc-error.js'

/** Which error of which method a class stands for. */
export interface Declaration<Code extends number> {
  /** The class's own name. */
  name: string
  method: string
  /** Its name in the contract. */
  error: string
  code: Code
}

/**
 * An error that a method declares, as generated code has it: thrown by the handler, and what the call rejects with at
 * the other end.
 */
export abstract class DeclaredError<Code extends number, Data> extends RpcError<Code, Data> {
  protected constructor(declared: Declaration<Code>, data: Data, message = declared.error) {
    super(declared.code, message, data, { method: declared.method, errorName: declared.error })
    Object.defineProperty(this, 'name', { value: declared.name, configurable: true, writable: true })
  }
}
