// Starts the child program and calls each of its methods once.
import { Client } from '@simple-ipc/rpc'
import { contract } from './contract.js'

async function main() {
  const client = new Client(contract, ['child'])
  try {
    await client.call('add', { a: 1, b: 2 }) // calls
  } finally {
    await client.stop()
  }
}

void main()
