import { Client, defineContract, Type } from '@simple-ipc/rpc'
import { CodegenError } from '../../contract/codegen-error.js'

const discovery = defineContract({
  name: 'discovery',
  version: '1.0.0',
  foreign: true,
  child: { methods: { 'rpc.discover': { result: Type.Unknown() } } },
})

/** How long a program may take to describe itself. */
const patience = 30_000

/** Starts a program, asks it what it can do, and stops it: what it answers to `rpc.discover`, an OpenRPC document. */
export async function askProgram(command: readonly [string, ...string[]]): Promise<unknown> {
  const client = new Client(discovery, [...command], { stderr: 'inherit' })
  try {
    return await client.call('rpc.discover', undefined, { timeout: patience })
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new CodegenError(`${command.join(' ')} does not describe itself by rpc.discover: ${why}`)
  } finally {
    await client.stop()
  }
}
